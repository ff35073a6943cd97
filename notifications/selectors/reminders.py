"""Reminders that are to come."""

import datetime as dt

from accounts.models import User
from common import clock
from notifications.choices import ReminderStep
from notifications.models import ReminderPreference
from notifications.values.reminders import moment_of


def reminder_due(account: User, starts_at: dt.datetime) -> dt.datetime | None:
    """The moment at which an account is reminded first of what begins then; None where it isn't. One query."""
    wanted = ReminderPreference.objects.filter(account=account).first() or ReminderPreference()
    steps = [step for step in ReminderStep if getattr(wanted, step.value)]
    coming = [moment for step in steps if clock.now() < (moment := moment_of(step, starts_at)) < starts_at]
    return min(coming, default=None)
