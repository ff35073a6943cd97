"""Recording an activity that was held: once, under the key of its form, however often it is sent."""

import uuid

from django.db import transaction

from accounts.models import User
from activities import exceptions as refused
from activities.choices import COUNTED, ActivityState, ActivityVerb
from activities.models import Activity, ActivityRecord
from activities.services.activities import locked, must_handle, record_event
from activities.services.check_in import people_at_door
from common import clock


def record_activity(
    *, actor: User, activity: Activity, key: uuid.UUID, attendance: int, note: str = ""
) -> ActivityRecord:
    """Record how many people came. The same key again returns the record that it made.

    Raises ActivityNotAllowed, NotHeldYet, BelowCheckedIn, ActivityIsOver (a draft, or called off), RecordedAlready
    (under another key: by a colleague, or on another phone).
    """
    with transaction.atomic():
        activity = locked(activity)
        must_handle(actor, activity)
        if activity.state in COUNTED:
            record = activity.record
            if record.key == key:
                return record
            raise refused.RecordedAlready(attendance=activity.attendance)
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
        record_event(activity, ActivityVerb.RECORD, actor, before)
    return record


def revise_record(*, actor: User, activity: Activity, attendance: int, note: str, reason: str) -> ActivityRecord:
    """Correct a record, with a reason; what it said before stays in the events.

    Raises ActivityNotAllowed, NotHeldYet, BelowCheckedIn.
    """
    with transaction.atomic():
        activity = locked(activity)
        must_handle(actor, activity)
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
