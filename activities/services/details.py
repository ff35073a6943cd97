"""Details of one kind of activity: checked with the plan, and written with it in one transaction."""

from typing import Any

from accounts.models import User
from activities import exceptions as refused
from activities.choices import ActivityKind
from activities.domain.inspectable import inspectable
from activities.domain.notice import first_visit_day
from activities.models import Activity, InspectionDetail, ReceptionDetail, Rectification, TrainingDetail, VisitRequest
from activities.values.details import InspectionPlan, ReceptionPlan, TrainingPlan, detail_of_kind
from activities.values.plans import ActivityPlan
from activities.values.visits import NOTICE_WORKDAYS
from centers.models import Center
from common import clock
from common.words.times import date_words

Changes = dict[str, tuple[Any, Any]]
MODELS = {
    ActivityKind.TRAINING: TrainingDetail,
    ActivityKind.RECEPTION: ReceptionDetail,
    ActivityKind.INSPECTION: InspectionDetail,
}


def check_detail(center: Center, plan: ActivityPlan, *, is_planned: bool = True) -> None:
    """Raise what is wrong with the detail of a plan's kind: VisitorsMissing, OrganizationElsewhere.

    `is_planned`: its time is new and to come, so that a visit is asked for in time, or says why it isn't
    (ShortNoticeReasonMissing).
    """
    detail = detail_of_kind(plan.detail, plan.kind)
    if isinstance(detail, ReceptionPlan):
        if not detail.visiting_body.strip():
            raise refused.VisitorsMissing
        if is_planned:
            _check_notice(center, plan, detail)
    if isinstance(detail, InspectionPlan):
        day = clock.local(plan.starts_at).date()
        if not inspectable(center.pk, day, day).filter(pk=detail.organization_id).exists():
            raise refused.OrganizationElsewhere


def check_inspected(plan: ActivityPlan) -> None:
    """Raise OrganizationMissing for a plan of an inspection that names none: coverage is counted of what was held."""
    if plan.kind == ActivityKind.INSPECTION and detail_of_kind(plan.detail, plan.kind) is None:
        raise refused.OrganizationMissing


def save_detail(activity: Activity, plan: ActivityPlan, actor: User) -> Changes:
    """Write the detail of an activity that is locked or new, in place of one of another kind. Returns what changed.

    A plan that says nothing of it leaves what is there. Raises KindKept where something hangs on the detail that the
    new kind doesn't have.
    """
    _drop_others(activity)
    detail = detail_of_kind(plan.detail, plan.kind)
    if detail is None:
        return {}
    values = _values(detail)
    model: Any = MODELS[ActivityKind(activity.kind)]
    row = model.objects.filter(activity=activity).first()
    if row is None:
        if isinstance(detail, ReceptionPlan):
            values |= {"confirmed_at": clock.now(), "confirmed_by": actor}
        model.objects.create(activity=activity, **values)
        return {name: ("", value) for name, value in values.items() if value and name in _values(detail)}
    changes = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    for name, (_before, value) in changes.items():
        setattr(row, name, value)
    if changes:
        row.save(update_fields=[name.removesuffix("_id") for name in changes])
    return changes


def _check_notice(center: Center, plan: ActivityPlan, detail: ReceptionPlan) -> None:
    today = clock.today()
    first = first_visit_day(center.pk, min(detail.asked_on or today, today))
    if clock.local(plan.starts_at).date() < first and not detail.short_notice_reason.strip():
        raise refused.ShortNoticeReasonMissing(workdays=NOTICE_WORKDAYS, day=date_words(first))


def _values(detail: TrainingPlan | ReceptionPlan | InspectionPlan) -> dict[str, Any]:
    """Fields of the detail's row; those that the plan leaves as they are (None) are left out."""
    if isinstance(detail, InspectionPlan):
        found = {} if detail.findings is None else {"findings": detail.findings.strip()}
        return {"organization_id": detail.organization_id, **found}
    if isinstance(detail, TrainingPlan):
        return {"track": detail.track, "hours": detail.hours, "form": detail.form}
    return {
        "visiting_body": detail.visiting_body,
        "level": detail.level,
        "liaison": detail.liaison,
        "route": detail.route,
        "asked_on": detail.asked_on,
        "short_notice_reason": detail.short_notice_reason,
    }


def _drop_others(activity: Activity) -> None:
    """Delete details of other kinds than the activity's."""
    for kind, model in MODELS.items():
        if kind == activity.kind:
            continue
        rows: Any = model._default_manager.filter(activity=activity)
        if rows and (
            Rectification.objects.filter(inspection__activity=activity).exists()
            or VisitRequest.objects.filter(activity=activity).exists()
        ):
            raise refused.KindKept
        rows.delete()
