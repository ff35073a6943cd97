"""Recording an activity that was held: once, under the key of its form, however often it is sent."""

import uuid
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from accounts.models import User
from activities import exceptions as refused
from activities import permissions
from activities.choices import COUNTED, ActivityState, ActivityVerb
from activities.domain.door import people_at_door
from activities.domain.locks import locked
from activities.models import Activity, ActivityRecord
from activities.services.activities import check_plan, entered_under, must_handle
from activities.services.details import check_detail, check_inspected, save_detail
from activities.services.history import record_event
from activities.services.photos import NewPhoto, StoredFile, keep_rows, room_for_photos, stored
from activities.values.plans import ActivityPlan
from centers.models import Center
from common import clock


def record_activity(
    *,
    actor: User,
    activity: Activity,
    key: uuid.UUID,
    attendance: int,
    note: str = "",
    photos: Sequence[NewPhoto] = (),
) -> ActivityRecord:
    """Record how many people came, with photos. The same key again returns the record that it made.

    Raises ActivityNotAllowed, NotHeldYet, BelowCheckedIn, ActivityIsOver (a draft, or called off), RecordedAlready
    (under another key: by a colleague, or on another phone; photos are added to that record while there is room for
    them), and what is refused of a photo: then nothing is recorded.
    """
    must_handle(actor, activity)
    with stored(activity, photos) as files, transaction.atomic():
        activity = locked(activity)
        if activity.state in COUNTED:
            record = activity.record
            if record.key == key:
                # Sent again after an answer that was lost: photos that were added meanwhile are kept.
                keep_rows(actor, activity, files[: room_for_photos(activity)])
                return record
            late = keep_rows(actor, activity, files[: room_for_photos(activity)])
        else:
            return _record(actor, activity, key, attendance, note, files)
    raise refused.RecordedAlready(attendance=activity.attendance).with_photos(len(late))


def _record(
    actor: User, activity: Activity, key: uuid.UUID, attendance: int, note: str, files: Sequence[StoredFile]
) -> ActivityRecord:
    """Write the record of an activity that is locked. Raises ActivityIsOver, NotHeldYet, BelowCheckedIn."""
    if activity.state != ActivityState.PUBLISHED:
        raise refused.ActivityIsOver
    if not activity.has_begun:
        raise refused.NotHeldYet
    _check_floor(activity, attendance)
    before, activity.state, activity.attendance = activity.state, ActivityState.RECORDED, attendance
    activity.save(update_fields=["state", "attendance"])
    record = ActivityRecord.objects.create(
        activity=activity, key=key, note=note.strip(), recorded_by=actor, recorded_at=clock.now()
    )
    keep_rows(actor, activity, files)
    record_event(activity, ActivityVerb.RECORD, actor, before)
    return record


def record_held(
    *, actor: User, center: Center, plan: ActivityPlan, key: uuid.UUID, attendance: int, note: str = ""
) -> Activity:
    """Enter and record, in one step, an activity that was held without having been planned here.

    The same key again returns the activity that it made. Raises ActivityNotAllowed, HeldInFuture, OrganizationMissing
    (of an inspection), and what is wrong with the plan and its detail.
    """
    if not permissions.can_lead(actor, center):
        raise refused.ActivityNotAllowed
    if made := entered_under(actor, key):
        return made
    check_plan(plan, None, is_moved=False)
    check_inspected(plan)
    check_detail(center, plan, is_planned=False)
    if plan.ends_at > clock.now():
        raise refused.HeldInFuture
    try:
        with transaction.atomic():
            activity = Activity.objects.create(
                center=center,
                key=key,
                state=ActivityState.RECORDED,
                attendance=attendance,
                created_by=actor,
                **plan.fields(),
            )
            ActivityRecord.objects.create(
                activity=activity, key=key, note=note.strip(), recorded_by=actor, recorded_at=clock.now()
            )
            save_detail(activity, plan, actor)
            record_event(activity, ActivityVerb.CREATE, actor, "")
            record_event(activity, ActivityVerb.RECORD, actor, "")
    except IntegrityError:
        # The same form, sent twice at one moment: the other one was quicker.
        if made := entered_under(actor, key):
            return made
        raise
    return activity


def revise_record(*, actor: User, activity: Activity, attendance: int, note: str, reason: str) -> ActivityRecord:
    """Correct a record, with a reason; what it said before stays in the events.

    Raises ActivityNotAllowed, ActivityArchived, NotHeldYet, BelowCheckedIn, ReviseReasonMissing.
    """
    if not reason.strip():
        raise refused.ReviseReasonMissing
    with transaction.atomic():
        activity = locked(activity)
        must_handle(actor, activity)
        if activity.state == ActivityState.ARCHIVED:
            raise refused.ActivityArchived
        if activity.state != ActivityState.RECORDED:
            raise refused.NotHeldYet
        _check_floor(activity, attendance)
        record = activity.record
        changes = {
            name: (before, after)
            for name, before, after in (
                ("attendance", activity.attendance, attendance),
                ("note", record.note, note.strip()),
            )
            if before != after
        }
        if changes:
            activity.attendance, record.note = attendance, note.strip()
            activity.save(update_fields=["attendance"])
            record.save(update_fields=["note"])
            record_event(activity, ActivityVerb.REVISE, actor, activity.state, reason=reason.strip(), changes=changes)
    return record


def _check_floor(activity: Activity, attendance: int) -> None:
    """Raise BelowCheckedIn: who was checked in did come."""
    floor = people_at_door(activity)
    if attendance < floor:
        raise refused.BelowCheckedIn(floor=floor)
