"""Reminders sent by several workers at one moment: each is reminded once, by the lock, as the canary shows."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError

from centers.models import Center
from common import clock as product_clock
from notifications.models import Outbox
from notifications.services import reminders
from tests.concurrency.test_closing_races import Rivals
from tests.factories.activities import D, join, make_activity
from tests.factories.bookings import open_daily, slot
from tests.support.time import TestClock

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
WORKERS = 5


@pytest.fixture
def morning(own_database: None, clock: TestClock) -> None:
    """9:00 on the day before an activity for which twenty have signed up."""
    open_daily(Center.objects.get(code="330482"))
    activity = make_activity(Center.objects.get(code="330482001001"), day=D + dt.timedelta(days=1))
    for number in range(1, 21):
        join(activity, number)
    clock.move_to(slot(9, 10, D)[0])


def run_all(rivals: Rivals) -> list[Any]:
    return rivals([lambda: reminders.send_reminders(now=product_clock.now())] * WORKERS)


def reminded() -> int:
    return Outbox.objects.filter(kind="activity_day_before").count()


def test_run_by_several_workers_at_once_each_is_reminded_once(morning: None, rivals: Rivals) -> None:
    assert sum(run_all(rivals)) == reminded() == 20


def test_canary_without_the_lock_the_workers_meet_at_the_constraint(
    morning: None, rivals: Rivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "advisory_lock", lambda subject, key: None)
    outcomes = run_all(rivals)
    assert any(isinstance(outcome, IntegrityError) for outcome in outcomes), outcomes
    assert reminded() == 20
