"""Reminders of what is coming: each account once a thing, step and time."""

import datetime as dt

from django.db import transaction

from accounts.models import User
from common import clock
from common.database import advisory_lock
from notifications.choices import ReminderStep
from notifications.domain import coming
from notifications.domain.coming import Coming, Finder
from notifications.models import Reminder, ReminderPreference
from notifications.services.posting import post_messages
from notifications.values.reminders import due_span, moment_of

LOCK = "notifications.reminders"


def send_reminders(*, now: dt.datetime) -> int:
    """Post the reminders that are due, each once. Returns how many; safe to repeat, and by several workers at once."""
    return sum(
        _send(source, find, step, now) for step in ReminderStep for source, find in sorted(coming.sources().items())
    )


def set_reminders(*, actor: User, day_before: bool, two_hours: bool) -> ReminderPreference:
    """Set which reminders an account gets."""
    wanted, _is_new = ReminderPreference.objects.update_or_create(
        account=actor, defaults={"day_before": day_before, "two_hours": two_hours}
    )
    return wanted


@transaction.atomic
def _send(source: str, find: Finder, step: ReminderStep, now: dt.datetime) -> int:
    span = due_span(step, now)
    if span is None:
        return 0
    # Whoever waits here sees the rows of the one before.
    advisory_lock(LOCK, 0)
    due = [one for one in find(*span) if one.since < moment_of(step, one.starts_at)]
    if not due:
        return 0
    sent = _sent(source, step, span)
    fresh = _wanted([one for one in due if _identity(one) not in sent], step)
    Reminder.objects.bulk_create(
        Reminder(
            account=one.account, source=source, key=one.key, step=step, starts_at=one.starts_at, sent_at=clock.now()
        )
        for one in fresh
    )
    return post_messages(to=[(one.account, one.subject_id) for one in fresh], kind=coming.kind_of(source, step))


def _identity(one: Coming) -> tuple[int, str, dt.datetime]:
    return one.account.pk, one.key, one.starts_at


def _sent(source: str, step: ReminderStep, span: tuple[dt.datetime, dt.datetime]) -> set[tuple[int, str, dt.datetime]]:
    rows = Reminder.objects.filter(source=source, step=step, starts_at__gte=span[0], starts_at__lt=span[1])
    return set(rows.values_list("account", "key", "starts_at"))


def _wanted(found: list[Coming], step: ReminderStep) -> list[Coming]:
    """Reminders of this step that their account wants."""
    accounts = {one.account.pk for one in found}
    refusing = set(
        ReminderPreference.objects.filter(account__in=accounts, **{step.value: False}).values_list("account", flat=True)
    )
    return [one for one in found if one.account.pk not in refusing]
