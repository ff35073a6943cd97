"""Inspections: the organisation and findings, and what has to be put right, from the demand to the verified proof."""

import datetime as dt
import uuid
from collections.abc import Callable

from django.db import IntegrityError, transaction

from accounts.models import User
from activities import exceptions as refused
from activities import permissions
from activities.choices import ActivityState, ActivityVerb, RectificationState, RectificationVerb
from activities.domain.inspectable import inspectable
from activities.domain.locks import locked
from activities.models import Activity, InspectionDetail, Photo, Rectification, RectificationEvent
from activities.services.activities import must_handle
from activities.services.history import record_event
from common import clock

PUBLISHED_OR_RECORDED = (ActivityState.PUBLISHED, ActivityState.RECORDED)


def write_findings(*, actor: User, activity: Activity, organization_id: int, findings: str) -> InspectionDetail:
    """Say which organisation an inspection that has begun was about, and what was found.

    Raises ActivityNotAllowed, ActivityArchived, NotHeldYet, OrganizationElsewhere.
    """
    with transaction.atomic():
        activity = _open_activity(actor, activity)
        known = InspectionDetail.objects.filter(activity=activity).first()
        is_same = known is not None and known.organization_id == organization_id
        if (
            not is_same
            and not inspectable(activity.center_id, activity.day, activity.day).filter(pk=organization_id).exists()
        ):
            raise refused.OrganizationElsewhere
        detail, _made = InspectionDetail.objects.update_or_create(
            activity=activity, defaults={"organization_id": organization_id, "findings": findings.strip()}
        )
        told = {
            "organization": (known.organization_id if known else None, organization_id),
            "findings": (known.findings if known else "", findings.strip()),
        }
        if changed := {name: pair for name, pair in told.items() if pair[0] != pair[1]}:
            record_event(activity, ActivityVerb.EDIT, actor, activity.state, changes=changed)
    return detail


def add_inspected(*, actor: User, activity: Activity, organization_id: int, reason: str) -> bool:
    """Say which organisation an inspection was about where nobody has yet; False where somebody has.

    Raises ActivityNotAllowed, ActivityArchived, NotHeldYet, OrganizationElsewhere.
    """
    with transaction.atomic():
        activity = _open_activity(actor, activity)
        if InspectionDetail.objects.filter(activity=activity).exists():
            return False
        if not inspectable(activity.center_id, activity.day, activity.day).filter(pk=organization_id).exists():
            raise refused.OrganizationElsewhere
        InspectionDetail.objects.create(activity=activity, organization_id=organization_id)
        changes = {"organization": (None, organization_id)}
        record_event(activity, ActivityVerb.EDIT, actor, activity.state, reason=reason, changes=changes)
    return True


def take_back_inspected(*, actor: User, activity: Activity, organization_id: int, reason: str) -> bool:
    """Take back which organisation an inspection was about; False where something was made of it since.

    Raises ActivityNotAllowed, ActivityArchived, NotHeldYet.
    """
    with transaction.atomic():
        activity = _open_activity(actor, activity)
        unused = InspectionDetail.objects.filter(activity=activity, organization_id=organization_id, findings="")
        if Rectification.objects.filter(inspection__activity=activity).exists() or not unused.exists():
            return False
        unused.delete()
        changes = {"organization": (organization_id, None)}
        record_event(activity, ActivityVerb.EDIT, actor, activity.state, reason=reason, changes=changes)
    return True


def demand_rectification(
    *, actor: User, inspection: InspectionDetail, what: str, due_on: dt.date, answers_for: str, key: uuid.UUID
) -> Rectification:
    """Demand that something be put right until a day. The same `key` again returns what it made.

    Raises ActivityNotAllowed, ActivityArchived, NotHeldYet, DeadlinePast.
    """
    if due_on < clock.today():
        raise refused.DeadlinePast
    if made := Rectification.objects.filter(key=key, inspection=inspection).first():
        return made
    try:
        with transaction.atomic():
            activity = _open_activity(actor, inspection.activity)
            made = Rectification.objects.create(
                inspection=inspection,
                key=key,
                what=what,
                due_on=due_on,
                answers_for=answers_for,
                created_at=clock.now(),
            )
            _write_down(made, RectificationVerb.OPEN, actor)
            changed = {"rectification": ("", what)}
            record_event(activity, ActivityVerb.EDIT, actor, activity.state, changes=changed)
    except IntegrityError:
        # The same form, sent twice at one moment: the other one was quicker.
        if made := Rectification.objects.filter(key=key, inspection=inspection).first():
            return made
        raise
    return made


def do_rectification(
    *, actor: User, rectification: Rectification, proof: str, photo: Photo | None = None
) -> Rectification:
    """Report that something was put right, with what was done and perhaps a photo of the activity.

    For the center that demanded it, and that of the organisation; verifying is for the former alone.
    Raises ActivityNotAllowed, ProofMissing, RectificationChanged.
    """
    if not proof.strip():
        raise refused.ProofMissing
    with transaction.atomic():
        one = _locked(actor, rectification, RectificationState.OPEN, may=permissions.can_report)
        if photo is not None and photo.activity_id != one.inspection_id:
            raise refused.ActivityNotAllowed
        one.state, one.proof, one.photo = RectificationState.DONE, proof.strip(), photo
        one.done_at, one.done_by = clock.now(), actor
        one.save(update_fields=["state", "proof", "photo", "done_at", "done_by"])
        _write_down(one, RectificationVerb.DO, actor, one.proof)
    return one


def send_back_rectification(*, actor: User, rectification: Rectification, note: str) -> Rectification:
    """Say that what was reported isn't enough: it is to be put right still, by the same deadline.

    Raises ActivityNotAllowed, SendBackReasonMissing, RectificationChanged.
    """
    if not note.strip():
        raise refused.SendBackReasonMissing
    with transaction.atomic():
        one = _locked(actor, rectification, RectificationState.DONE, may=_may_verify)
        one.state, one.done_at, one.done_by = RectificationState.OPEN, None, None
        one.save(update_fields=["state", "done_at", "done_by"])
        _write_down(one, RectificationVerb.SEND_BACK, actor, note.strip())
    return one


def verify_rectification(*, actor: User, rectification: Rectification) -> Rectification:
    """Verify that something was put right. Raises ActivityNotAllowed, RectificationChanged."""
    with transaction.atomic():
        one = _locked(actor, rectification, RectificationState.DONE, may=_may_verify)
        one.state, one.verified_at, one.verified_by = RectificationState.VERIFIED, clock.now(), actor
        one.save(update_fields=["state", "verified_at", "verified_by"])
        _write_down(one, RectificationVerb.VERIFY, actor)
    return one


def _open_activity(actor: User, activity: Activity) -> Activity:
    """The activity as it is now, locked, if it has begun and isn't in the archive."""
    activity = locked(activity)
    must_handle(actor, activity)
    if activity.state == ActivityState.ARCHIVED:
        raise refused.ActivityArchived
    if activity.state not in PUBLISHED_OR_RECORDED or not activity.has_begun:
        raise refused.NotHeldYet
    return activity


def _locked(
    actor: User, rectification: Rectification, state: RectificationState, *, may: Callable[[User, Rectification], bool]
) -> Rectification:
    """The rectification as it is now, locked, in the state that the verb begins in."""
    found = Rectification.objects.select_for_update(of=["self"])
    one = found.select_related("inspection__activity", "inspection__organization").get(pk=rectification.pk)
    if not may(actor, one):
        raise refused.ActivityNotAllowed
    if one.state != state:
        raise refused.RectificationChanged(state=one.shown_state)
    return one


def _may_verify(actor: User, rectification: Rectification) -> bool:
    return permissions.can_handle(actor, rectification.inspection.activity)


def _write_down(one: Rectification, verb: RectificationVerb, actor: User, note: str = "") -> None:
    RectificationEvent.objects.create(rectification=one, verb=verb, actor=actor, at=clock.now(), note=note)
