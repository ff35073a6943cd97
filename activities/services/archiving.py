"""The archive: a record whose evidence is complete goes in; the center above alone takes it out again."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from activities import exceptions as refused
from activities import permissions
from activities.choices import ActivityKind, ActivityState, ActivityVerb
from activities.domain.locks import locked
from activities.models import Activity, ActivityEvent, InspectionDetail, Photo, Rectification
from activities.services.activities import must_handle
from activities.services.history import record_event

# A record whose evidence is complete goes into the archive by itself so long after it was made. Ours.
AFTER = dt.timedelta(days=90)
# So many at once: a long stop is made up for over several runs, and no lock lasts.
AT_ONCE = 500


def archive_activity(*, actor: User, activity: Activity, no_photo_reason: str = "") -> Activity:
    """Put a recorded activity into the archive: nobody corrects it from then on.

    Its evidence is complete: a line, and a photo or the reason why there is none; of an inspection the organisation,
    and all that had to be put right is verified. Raises ActivityNotAllowed, ActivityArchived, NotRecorded,
    RecordLineMissing, NoPhotoReasonMissing, InspectedMissing, RectificationsUnverified.
    """
    with transaction.atomic():
        activity = locked(activity)
        must_handle(actor, activity)
        if activity.state == ActivityState.ARCHIVED:
            raise refused.ActivityArchived
        if activity.state != ActivityState.RECORDED:
            raise refused.NotRecorded
        _check_inspection(activity)
        _complete(activity, no_photo_reason.strip())
        before, activity.state = activity.state, ActivityState.ARCHIVED
        activity.save(update_fields=["state"])
        record_event(activity, ActivityVerb.ARCHIVE, actor, before)
    return activity


def reopen_activity(*, actor: User, activity: Activity, reason: str) -> Activity:
    """Take an activity out of the archive, so that its record can be corrected; for who administers the center above.

    Raises ActivityNotAllowed, ReopenReasonMissing, NotArchived.
    """
    if not permissions.can_reopen(actor, activity):
        raise refused.ActivityNotAllowed
    if not reason.strip():
        raise refused.ReopenReasonMissing
    with transaction.atomic():
        activity = locked(activity)
        if activity.state != ActivityState.ARCHIVED:
            raise refused.NotArchived
        before, activity.state = activity.state, ActivityState.RECORDED
        activity.save(update_fields=["state"])
        record_event(activity, ActivityVerb.REOPEN, actor, before, reason=reason.strip())
    return activity


@transaction.atomic
def archive_old(*, now: dt.datetime) -> int:
    """Archive what was recorded long ago and whose evidence is complete. Returns how many; safe to repeat.

    A record that was taken out of the archive stays out as long again.
    """
    since = now - AFTER
    lately_reopened = ActivityEvent.objects.filter(activity=OuterRef("pk"), verb=ActivityVerb.REOPEN, at__gt=since)
    unverified = Rectification.objects.unverified().filter(inspection__activity=OuterRef("pk"))
    has_evidence = ~Q(record__no_photo_reason="") | Exists(Photo.objects.filter(activity=OuterRef("pk")))
    is_named = ~Q(kind=ActivityKind.INSPECTION) | Exists(InspectionDetail.objects.filter(activity=OuterRef("pk")))
    old = (
        Activity.objects.filter(state=ActivityState.RECORDED, record__recorded_at__lte=since)
        .exclude(record__note="")
        .filter(has_evidence, is_named)
        .exclude(Exists(lately_reopened))
        .exclude(Exists(unverified))
        .order_by("pk")
        .select_for_update(of=["self"], skip_locked=True)
    )
    ids = list(old.values_list("pk", flat=True)[:AT_ONCE])
    Activity.objects.filter(pk__in=ids).update(state=ActivityState.ARCHIVED)
    ActivityEvent.objects.bulk_create(
        ActivityEvent(
            activity_id=pk,
            verb=ActivityVerb.ARCHIVE,
            actor=None,
            at=now,
            from_state=ActivityState.RECORDED,
            to_state=ActivityState.ARCHIVED,
        )
        for pk in ids
    )
    return len(ids)


def _check_inspection(activity: Activity) -> None:
    if activity.kind != ActivityKind.INSPECTION:
        return
    if not InspectionDetail.objects.filter(activity=activity).exists():
        raise refused.InspectedMissing
    if Rectification.objects.filter(inspection__activity=activity).unverified().exists():
        raise refused.RectificationsUnverified


def _complete(activity: Activity, no_photo_reason: str) -> None:
    """Keep why there is no photo. Raises RecordLineMissing, NoPhotoReasonMissing."""
    record = activity.record
    if not record.note:
        raise refused.RecordLineMissing
    if activity.photos.exists() or record.no_photo_reason:
        return
    if not no_photo_reason:
        raise refused.NoPhotoReasonMissing
    record.no_photo_reason = no_photo_reason
    record.save(update_fields=["no_photo_reason"])
