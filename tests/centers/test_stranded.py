"""Bookings that new hours leave outside are those of the centers that stand below on the day of use, not today."""

import datetime as dt

import pytest
from django.test import Client

from bookings.models import Booking
from centers.domain.conflicts import conflicts_of
from centers.models import Center, SpecialDay
from centers.services import tree
from common import clock as portal_clock
from tests.factories.bookings import book, make_booker, make_space, open_daily
from tests.support.cast import Cast, make_cast
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

BEFORE, MOVES, AFTER = dt.date(2026, 11, 28), dt.date(2026, 12, 1), dt.date(2026, 12, 4)


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    cast = make_cast()
    open_daily(cast.city)
    tree.move_center(actor=None, center=cast.center, new_parent=cast.other_town, on=MOVES)
    return cast


@pytest.fixture
def bookings(cast: Cast) -> list[Booking]:
    space = make_space(cast.center)
    made = [book(make_booker(number), space, day=day) for number, day in enumerate((BEFORE, AFTER), start=71)]
    for town in (cast.town, cast.other_town):
        SpecialDay.objects.bulk_create(SpecialDay(center=town, day=day) for day in (BEFORE, AFTER))
    return made


def days_told(center: Center) -> list[dt.date]:
    [told] = conflicts_of(center)
    return list(told.on)


def test_each_town_is_told_of_its_own_days(cast: Cast, bookings: list[Booking]) -> None:
    assert (days_told(cast.town), days_told(cast.other_town)) == ([BEFORE], [AFTER])
    assert sorted(days_told(cast.city)) == [BEFORE, AFTER]


def test_the_list_it_leads_to_has_the_same(cast: Cast, bookings: list[Booking]) -> None:
    client = Client()
    client.force_login(cast["city_admin"])
    for town, (listed, other) in ((cast.town, bookings), (cast.other_town, reversed(bookings))):
        [told] = conflicts_of(town)
        assert told.together is not None
        page = client.get(told.together.url).content.decode()
        assert listed.reference in page and other.reference not in page


def test_who_is_counted_costs_the_same_for_many(cast: Cast) -> None:
    space = make_space(cast.center)

    def grow(count: int) -> None:
        start = Booking.objects.count()
        for number in range(start, start + count):
            book(make_booker(100 + number), space, day=portal_clock.today() + dt.timedelta(days=2 + number % 25))

    assert_constant_queries(grow, lambda: conflicts_of(cast.town))
