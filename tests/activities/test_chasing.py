"""Chasing what isn't recorded: the next morning, after three days and seven, each once, those who work there."""

import datetime as dt
import uuid

import pytest

from accounts.models import User
from activities.messages import UNRECORDED, unrecorded_texts
from activities.models import Activity
from activities.services.activities import cancel_activity
from activities.services.chasing import chase_unrecorded, who_works_at
from activities.services.records import record_activity
from centers.choices import Role
from centers.models import Center
from common import clock as portal_clock
from notifications.models import Outbox
from tests.factories.activities import make_activity
from tests.factories.bookings import make_booker
from tests.factories.centers import grant
from tests.support.time import TestClock

FIRST = dt.datetime(2026, 12, 1, 9, tzinfo=portal_clock.SHANGHAI)
DAY = dt.timedelta(days=1)


def told() -> list[str]:
    """Who was asked to record, in order."""
    return list(Outbox.objects.filter(kind=UNRECORDED).order_by("id").values_list("recipient__username", flat=True))


@pytest.fixture
def held(village: Center, staff: User) -> Activity:
    """Held on Monday 30 November, 14:00–16:00, and not recorded."""
    return make_activity(village)


def at(clock: TestClock, moment: dt.datetime) -> int:
    clock.move_to(moment)
    return chase_unrecorded(now=moment)


def test_the_next_morning_after_three_days_and_after_seven(held: Activity, clock: TestClock) -> None:
    assert at(clock, FIRST - dt.timedelta(minutes=1)) == 0
    for moment, count in (
        (FIRST, 1),
        (FIRST + dt.timedelta(minutes=10), 1),
        (FIRST + 2 * DAY - dt.timedelta(minutes=1), 1),
        (FIRST + 2 * DAY, 2),
        (FIRST + 6 * DAY, 3),
        (FIRST + 60 * DAY, 3),
    ):
        at(clock, moment)
        at(clock, moment)
        assert len(told()) == count


def test_after_a_stop_only_the_last_that_is_due_is_sent(held: Activity, clock: TestClock) -> None:
    assert at(clock, FIRST + 30 * DAY) == 1
    assert at(clock, FIRST + 31 * DAY) == 0
    assert len(told()) == 1


def test_what_is_recorded_or_called_off_is_left_alone(
    held: Activity, village: Center, staff: User, clock: TestClock
) -> None:
    cancelled = make_activity(village, 9, 10)
    cancel_activity(actor=staff, activity=cancelled, reason="台风")
    clock.move_to(held.ends_at)
    record_activity(actor=staff, activity=held, key=uuid.uuid4(), attendance=3)
    assert at(clock, FIRST) == 0


def test_until_midnight_is_still_that_evening(village: Center, staff: User, clock: TestClock) -> None:
    make_activity(village, 20, 24)
    assert at(clock, FIRST) == 1


def test_those_who_work_there_are_asked_each_once(held: Activity, village: Center, clock: TestClock) -> None:
    colleague, town = make_booker(8), make_booker(9)
    grant(colleague, village, Role.MANAGER)
    grant(colleague, village, Role.STAFF)
    grant(town, Center.objects.get(code="330482001"), Role.ADMIN)
    at(clock, FIRST)
    assert sorted(told()) == ["resident-8", "staff-of-village"]


def test_where_nobody_works_the_center_above_is_asked(village: Center, resident: User) -> None:
    grant(resident, Center.objects.get(code="330482001"), Role.ADMIN)
    assert who_works_at(village.pk) == [resident]


def test_the_words_lead_to_the_record_and_are_current_until_it_is_made(
    held: Activity, staff: User, clock: TestClock
) -> None:
    clock.move_to(held.ends_at)
    text = unrecorded_texts(UNRECORDED, [held.reference])[held.reference]
    assert text.url.endswith(f"{held.reference}/record/")
    assert "新春送福" in text.body
    assert text.is_current
    record_activity(actor=staff, activity=held, key=uuid.uuid4(), attendance=3)
    assert not unrecorded_texts(UNRECORDED, [held.reference])[held.reference].is_current
