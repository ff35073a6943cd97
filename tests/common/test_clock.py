"""The one source of now and today: dates are those of Shanghai at every hour, moments are aware."""

import datetime as dt

import pytest

from common import clock
from tests.support.time import TestClock

WEDNESDAY = dt.date(2026, 11, 25)


@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_today_is_shanghais_date_at_every_hour(night: TestClock, hour: int) -> None:
    night.move_to(clock.midnight(WEDNESDAY) + dt.timedelta(hours=hour))
    assert clock.today() == WEDNESDAY


def test_a_day_begins_at_shanghais_midnight(night: TestClock) -> None:
    night.move_to(clock.midnight(WEDNESDAY) - dt.timedelta(microseconds=1))
    assert clock.today() == WEDNESDAY - dt.timedelta(days=1)
    night.move_to(clock.midnight(WEDNESDAY))
    assert clock.today() == WEDNESDAY


def test_midnight_and_local_are_said_in_shanghais_hours(night: TestClock) -> None:
    utc = dt.datetime(2026, 11, 24, 16, 0, tzinfo=dt.UTC)
    assert clock.midnight(WEDNESDAY) == utc
    assert clock.local(utc).date() == WEDNESDAY
    assert clock.at(WEDNESDAY, dt.time(7)) == utc + dt.timedelta(hours=7)


def test_the_present_is_said_in_utc_when_held_too(night: TestClock) -> None:
    """Else tests would pass that forget to ask for Shanghai's date."""
    assert clock.now().tzinfo == dt.UTC
    assert clock.now() == clock.midnight(WEDNESDAY) + dt.timedelta(minutes=30)
