"""Imported activities: recorded at once, many at a time, and withdrawn again."""

import dataclasses
import uuid
from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model

from accounts.models import User
from activities import exceptions as refused
from activities import permissions
from activities.choices import PUBLIC_KINDS, ActivityKind, ActivityState, ActivityVerb
from activities.domain.withdrawals import Standing, why_they_stand
from activities.models import Activity, ActivityEvent, ActivityRecord, InspectionDetail
from activities.services.activities import check_plan
from activities.values.plans import ActivityPlan
from bookings.values.references import new_reference
from common import clock
from common.copying import copy_in, next_ids

# What a sheet tells of a plan; the rest is as in any new activity.
PLANNED = ("kind", "title", "line", "place", "starts_at", "ends_at")


@dataclasses.dataclass(frozen=True)
class HeldActivity:
    """An activity that was held, as a sheet tells it: who led it, what it was, how many came.

    `key`: of the row; an activity is made of it once. `organization_id`: inspected, of an inspection that names it.
    """

    key: uuid.UUID
    center_id: int
    plan: ActivityPlan
    attendance: int
    note: str = ""
    organization_id: int | None = None


@transaction.atomic
def record_imported(*, actor: User, held: Sequence[HeldActivity]) -> list[int]:
    """Record activities that were held, all or none; nobody signs up for them. Returns their ids, in order.

    Written by COPY. Raises ActivityNotAllowed, HeldInFuture, and what is wrong with a plan.
    """
    for center in {one.center_id for one in held}:
        if not permissions.can_lead(actor, center):
            raise refused.ActivityNotAllowed
    now = clock.now()
    for one in held:
        check_plan(one.plan, None, is_moved=False)
        if one.plan.ends_at > now:
            raise refused.HeldInFuture
    ids = next_ids(Activity, len(held))
    varying = ("id", "reference", "key", "center_id", "attendance", "is_listed", *PLANNED)
    usual = Activity(state=ActivityState.RECORDED, takes_sign_ups=False, created_by=actor, created_at=now)
    copy_in(
        Activity,
        varying,
        (
            (
                pk,
                new_reference(),
                one.key,
                one.center_id,
                one.attendance,
                ActivityKind(one.plan.kind) in PUBLIC_KINDS,
                *(getattr(one.plan, name) for name in PLANNED),
            )
            for pk, one in zip(ids, held, strict=True)
        ),
        same=_constant(usual, {*varying, "booking_id"}),
    )
    copy_in(
        ActivityRecord,
        ("activity_id", "key", "note"),
        ((pk, one.key, one.note) for pk, one in zip(ids, held, strict=True)),
        same={"recorded_by_id": actor.pk, "recorded_at": now},
    )
    inspected = ((pk, one.organization_id) for pk, one in zip(ids, held, strict=True) if one.organization_id)
    copy_in(InspectionDetail, ("activity_id", "organization_id"), inspected, same={"findings": ""})
    event = ActivityEvent(verb=ActivityVerb.IMPORT, actor=actor, at=now, to_state=ActivityState.RECORDED)
    copy_in(ActivityEvent, ("activity_id",), ((pk,) for pk in ids), same=_constant(event, {"id", "activity_id"}))
    return ids


def withdraw_activities(*, actor: User, pks: Collection[int], reason: str) -> dict[int, Standing]:
    """Withdraw imported activities: they count no more and stand in no list; their history stays.

    Returns why by id of those that stay: touched since, or reported. Raises ActivityNotAllowed.
    """
    with transaction.atomic():
        locked = Activity.objects.select_for_update(of=["self"]).filter(pk__in=pks).order_by("pk")
        attendance = {activity.pk: activity.attendance for activity in locked}
        for center in set(Activity.objects.filter(pk__in=pks).values_list("center", flat=True)):
            if not permissions.can_lead(actor, center):
                raise refused.ActivityNotAllowed
        stay = why_they_stand(list(attendance))
        gone = [pk for pk in attendance if pk not in stay]
        Activity.objects.filter(pk__in=gone).update(state=ActivityState.WITHDRAWN, attendance=None)
        now = clock.now()
        ActivityEvent.objects.bulk_create(
            ActivityEvent(
                activity_id=pk,
                verb=ActivityVerb.WITHDRAW,
                actor=actor,
                at=now,
                from_state=ActivityState.RECORDED,
                to_state=ActivityState.WITHDRAWN,
                reason=reason,
                changes={"attendance": [attendance[pk], None]},
            )
            for pk in gone
        )
    return stay


def _constant(usual: Model, but: set[str]) -> dict[str, Any]:
    """Values of the other columns, which are the same in every row, by attribute."""
    fields = [field for field in usual._meta.concrete_fields if field.attname not in but]
    return {field.attname: getattr(usual, field.attname) for field in fields}
