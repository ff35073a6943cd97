"""Use of rooms a month: open minutes of every cell, and minutes of use within them, by center and by hour."""

import datetime as dt
from decimal import Decimal

import pytest

from bookings.models import Booking, Cell, Space
from bookings.selectors.use_of_rooms import use_by_hour, use_of_rooms
from centers.models import Center
from common import clock as product_clock
from common.months import Month
from tests.factories.bookings import book, make_booker, make_space, open_daily
from tests.factories.centers import make_tree
from tests.support.time import TestClock

pytestmark = pytest.mark.django_db
NOVEMBER = Month(dt.date(2026, 11, 1))
DAY = 24


@pytest.fixture
def center(clock: TestClock) -> Center:
    """A center that is open every day from 8 to 20, at the end of November."""
    [[root]] = make_tree()
    open_daily(root, 8, 20)
    return root


def used(center: Center, space: Space, start: float, end: float, day: int, number: int = 1) -> Booking:
    made = book(make_booker(number), space, 9, 10, day=dt.date(2026, 11, 27))
    first = product_clock.midnight(dt.date(2026, 11, day))
    Booking.objects.filter(pk=made.pk).update(
        starts_at=first + dt.timedelta(hours=start), ends_at=first + dt.timedelta(hours=end)
    )
    return made


def test_open_minutes_are_those_of_every_cell_and_use_is_within_them(center: Center, clock: TestClock) -> None:
    hall, room = make_space(center, "演示大厅"), make_space(center, "演示小间")
    hall.cells.add(Cell.objects.create(center=center, name="演示后半厅"))
    used(center, hall, 9, 11, day=3)
    # Half an hour of it before the doors open.
    used(center, room, 7.5, 9, day=4, number=2)
    clock.move_to(product_clock.at(dt.date(2026, 12, 1), dt.time(1)))
    [(found, (open_, use))] = use_of_rooms(NOVEMBER)
    assert (found, open_) == (center.pk, Decimal(3 * 30 * 12 * 60))
    assert use == Decimal(2 * 120 + 60)


def test_a_running_month_is_open_up_to_now(center: Center, clock: TestClock) -> None:
    make_space(center)
    clock.move_to(product_clock.at(dt.date(2026, 11, 2), dt.time(9)))
    [(_center, (open_, _use))] = use_of_rooms(NOVEMBER)
    assert open_ == Decimal(12 * 60 + 60)


def test_by_hour_of_the_week(center: Center, clock: TestClock) -> None:
    space = make_space(center)
    # Tuesdays of November 2026: 3, 10, 17, 24.
    used(center, space, 9.5, 11, day=3)
    clock.move_to(product_clock.at(dt.date(2026, 12, 1), dt.time(1)))
    [(_center, parts, wholes)] = use_by_hour(NOVEMBER)
    tuesday = slice(DAY, 2 * DAY)
    assert {hour: minutes for hour, minutes in enumerate(parts[tuesday]) if minutes} == {9: 30, 10: 60}
    assert {hour: minutes for hour, minutes in enumerate(wholes[tuesday]) if minutes} == dict.fromkeys(
        range(8, 20), 240
    )
    assert sum(parts) == 90
    [(_same, (open_, use))] = use_of_rooms(NOVEMBER)
    assert (sum(wholes), sum(parts)) == (open_, use)
