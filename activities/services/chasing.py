"""Chasing records: those who work at a center are told of an activity that was held and that nobody recorded."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from activities import messages
from activities.models import Activity, ActivityReminder
from centers.choices import WORKING
from centers.models import CenterAncestor, CenterRole
from common import clock

# Days after the day on which it ended: the next morning, and twice more. Ours.
DAYS_AFTER = (1, 3, 7)
MORNING = dt.time(9)


def chase_unrecorded(*, now: dt.datetime) -> int:
    """Post the reminders that are due, each once. Returns for how many activities; safe to repeat.

    Where several are due at once, after a stop, the last of them is posted alone.
    """
    last_step = len(DAYS_AFTER) - 1
    held = Activity.objects.unrecorded(now).exclude(reminders__step=last_step)
    return sum(_chase(pk, now) for pk in held.order_by("ends_at", "id").values_list("pk", flat=True))


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
