"""Chasing: those who work at a center are told what is missing: a record, a photo, something not put right in time."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from activities import messages
from activities.choices import ActivityState, ActivityVerb
from activities.domain import kind_messages
from activities.models import Activity, ActivityReminder, Rectification
from centers.choices import WORKING
from centers.models import CenterAncestor, CenterRole
from common import clock

# Days after the day on which it ended: the next morning, and twice more. Ours.
DAYS_AFTER = (1, 3, 7)
MORNING = dt.time(9)
# A record without a photo: asked for once so many days after it was made, and no more once it is older than this.
PHOTO_DAYS, PHOTO_UNTIL_DAYS = 3, 14
# The step of that reminder, apart from those that ask for the record.
PHOTO_STEP = 10


def chase_unrecorded(*, now: dt.datetime) -> int:
    """Post the reminders that are due, each once. Returns for how many activities; safe to repeat.

    Where several are due at once, after a stop, the last of them is posted alone.
    """
    last_step = len(DAYS_AFTER) - 1
    held = Activity.objects.unrecorded(now).exclude(reminders__step=last_step)
    return sum(_chase(pk, now) for pk in held.order_by("ends_at", "id").values_list("pk", flat=True))


def chase_missing_photos(*, now: dt.datetime) -> int:
    """Ask once for the photo of what was recorded days ago without one, and without saying why. Returns for how many.

    Safe to repeat; what is older than two weeks is left alone.
    """
    today = clock.local(now).date()
    last = clock.midnight(today - dt.timedelta(PHOTO_DAYS - 1))
    first = clock.midnight(today - dt.timedelta(PHOTO_UNTIL_DAYS))
    if clock.local(now).time() < MORNING:
        return 0
    bare = Activity.objects.filter(
        state=ActivityState.RECORDED,
        record__recorded_at__gte=first,
        record__recorded_at__lt=last,
        record__no_photo_reason="",
        photos__isnull=True,
    ).exclude(reminders__step=PHOTO_STEP)
    # Old sheets have no photos: one message a row would bury all others.
    bare = bare.exclude(events__verb=ActivityVerb.IMPORT)
    return sum(_chase_photo(pk, now) for pk in bare.order_by("pk").values_list("pk", flat=True))


def chase_rectifications(*, now: dt.datetime) -> int:
    """Tell of each rectification that is overdue, once, from the morning on. Returns of how many.

    Told are the center that demanded it and that of the organisation.
    """
    if clock.local(now).time() < MORNING:
        return 0
    overdue = Rectification.objects.overdue(clock.local(now).date()).filter(reminded_at__isnull=True)
    return sum(_chase_rectification(pk, now) for pk in overdue.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _chase_photo(pk: int, now: dt.datetime) -> bool:
    """Ask for the photo of one activity; False where another worker is at it, or it has one by now."""
    recorded = Activity.objects.filter(pk=pk, state=ActivityState.RECORDED)
    activity = recorded.select_for_update(of=["self"], skip_locked=True).first()
    if activity is None or activity.photos.exists() or activity.reminders.filter(step=PHOTO_STEP).exists():
        return False
    ActivityReminder.objects.create(activity=activity, step=PHOTO_STEP, at=now)
    kind_messages.post_photo_missing(activity, who_works_at(activity.center_id))
    return True


@transaction.atomic
def _chase_rectification(pk: int, now: dt.datetime) -> bool:
    """Tell of one rectification; False where another worker is at it, or it was put right meanwhile."""
    overdue = Rectification.objects.overdue(clock.local(now).date()).filter(pk=pk, reminded_at__isnull=True)
    found = overdue.select_for_update(of=["self"], skip_locked=True)
    found = found.select_related("inspection__activity", "inspection__organization")
    rectification = found.first()
    if rectification is None:
        return False
    rectification.reminded_at = now
    rectification.save(update_fields=["reminded_at"])
    inspection = rectification.inspection
    centers = {inspection.activity.center_id, inspection.organization.center.pk}
    staff = {user.pk: user for center in sorted(centers) for user in who_works_at(center)}
    kind_messages.post_overdue(rectification, list(staff.values()))
    return True


def step_due(ended_on: dt.date, now: dt.datetime) -> int | None:
    """Step whose time has come last: its place in DAYS_AFTER; None before the next morning."""
    due = [step for step, days in enumerate(DAYS_AFTER) if clock.at(ended_on + dt.timedelta(days), MORNING) <= now]
    return due[-1] if due else None


@transaction.atomic
def _chase(pk: int, now: dt.datetime) -> bool:
    """Post the reminder of one activity; False where none is due, or where another worker is at it."""
    held = Activity.objects.unrecorded(now).select_for_update(of=["self"], skip_locked=True)
    activity = held.select_related("center").filter(pk=pk).first()
    if activity is None:
        return False
    last_day = clock.local(activity.ends_at - dt.timedelta(microseconds=1)).date()
    step = step_due(last_day, now)
    if step is None or activity.reminders.filter(step__gte=step).exists():
        return False
    ActivityReminder.objects.create(activity=activity, step=step, at=now)
    messages.post_unrecorded(activity, who_works_at(activity.center_id))
    return True


def who_works_at(center_id: int) -> list[User]:
    """People who work at a center today, or where nobody does, at the nearest one above that has anybody."""
    today = clock.today()
    above = CenterAncestor.objects.on(today).filter(center=center_id).order_by("depth").values_list("ancestor", "depth")
    depths = dict(above)
    roles = CenterRole.objects.on(today).filter(center__in=depths, role__in=WORKING, user__is_active=True)
    held = [(depths[role.center_id], role.user) for role in roles.select_related("user").order_by("user_id")]
    nearest = min((depth for depth, _user in held), default=None)
    return list({user.pk: user for depth, user in held if depth == nearest}.values())
