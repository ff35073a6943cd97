"""Limits met exactly: the rules, the search and the room's page give one answer on each side of each limit."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from bookings import exceptions as refused
from bookings.domain.facts import facts_by_day
from bookings.domain.rules import free_spans
from bookings.domain.snapshot import Snapshot
from bookings.models import Maintenance, Space
from bookings.selectors.search.results import SearchCriteria, find
from bookings.values.slot_request import SlotRequest
from common import clock as portal_clock
from common.intervals import covers
from tests.factories.bookings import TOMORROW, book, check_slot, make_booker, make_policy, make_space, slot
from tests.support.cast import Cast
from tests.support.time import TestClock

TODAY = TOMORROW - dt.timedelta(days=1)
DAY = dt.timedelta(days=1)
Prepare = Callable[[Space], object]


@dataclass(frozen=True)
class Wish:
    """A use, whether it can be had, and what was done before; `by_time` if it is the room's day that decides."""

    name: str
    fits: bool
    start: float = 10
    end: float = 11
    day: dt.date = TOMORROW
    people: int = 5
    before: Prepare = lambda space: None
    by_time: bool = True

    def __str__(self) -> str:
        return self.name


def policy(**fields: int) -> Prepare:
    return lambda space: make_policy(space, **fields)


def repair(start: float, end: float, turnaround: int = 0) -> Prepare:
    def prepare(space: Space) -> None:
        begins, ends = slot(start, end)
        make_policy(space, turnaround_minutes=turnaround)
        Maintenance.objects.create(space=space, starts_at=begins, ends_at=ends, reason="检修")

    return prepare


def taken(start: float, end: float, turnaround: int = 0) -> Prepare:
    def prepare(space: Space) -> None:
        make_policy(space, turnaround_minutes=turnaround)
        book(make_booker(7), space, start, end)

    return prepare


WISHES = [
    Wish("as many people as there are places", True, people=30, by_time=False),
    Wish("one more", False, people=31, by_time=False),
    Wish("the last day of the horizon", True, day=TODAY + 3 * DAY, before=policy(horizon_days=3), by_time=False),
    Wish("the day after", False, day=TODAY + 4 * DAY, before=policy(horizon_days=3), by_time=False),
    Wish("the first day that notice allows", True, before=policy(notice_workdays=1), by_time=False),
    Wish("the day before", False, before=policy(notice_workdays=2), by_time=False),
    Wish("as long as allowed", True, end=12, before=policy(longest_minutes=120), by_time=False),
    Wish("half an hour longer", False, end=12.5, before=policy(longest_minutes=120), by_time=False),
    Wish("from opening", True, start=8, end=9),
    Wish("half an hour earlier", False, start=7.5, end=8.5),
    Wish("until closing", True, start=20, end=21),
    Wish("half an hour later", False, start=20.5, end=21.5),
    Wish("until a repair begins", True, before=repair(11, 12)),
    Wish("until a repair begins, whatever the turnaround", True, before=repair(11, 12, 30)),
    Wish("into it", False, before=repair(10.5, 12)),
    Wish("from when it ends", True, before=repair(9, 10)),
    Wish("before it ends", False, before=repair(9, 10.5)),
    Wish("until the next use", True, before=taken(11, 12)),
    Wish("from the end of the one before", True, before=taken(9, 10)),
    Wish("until the turnaround before the next use", True, before=taken(11.5, 12.5, 30)),
    Wish("into it by a minute of turnaround", False, before=taken(11.5, 12.5, 31)),
    Wish("from the end of a turnaround", True, before=taken(8.5, 9.5, 30)),
    Wish("a minute before it", False, before=taken(8.5, 9.5, 31)),
]


@pytest.fixture
def space(cast: Cast) -> Space:
    return make_space(cast.center, capacity=30)


def rules_allow(space: Space, wish: Wish) -> bool:
    try:
        check_slot(make_booker(8), space, *slot(wish.start, wish.end, wish.day), headcount=wish.people)
    except refused.BookingError:
        return False
    return True


def search_finds(space: Space, wish: Wish) -> bool:
    found = find(SearchCriteria(SlotRequest(*slot(wish.start, wish.end, wish.day), wish.people)))
    return space.pk in [one.room.id for one in found.free]


def day_is_free(space: Space, wish: Wish) -> bool:
    facts = facts_by_day([space], wish.day, wish.day, Snapshot.take())[space.pk][wish.day]
    return covers(free_spans(wish.day, facts), slot(wish.start, wish.end, wish.day))


def page_offers(space: Space, wish: Wish) -> bool:
    """The page of the room keeps the slot chosen; how many people doesn't matter there."""
    day = f"{wish.day}T"
    start, end = (portal_clock.local(moment).strftime("%H:%M") for moment in slot(wish.start, wish.end, wish.day))
    page = Client().get(
        reverse("bookings:space_detail", args=[space.pk]), {"starts_at": f"{day}{start}", "ends_at": f"{day}{end}"}
    )
    return not page.context["is_lost"]


@pytest.mark.parametrize("wish", WISHES, ids=str)
def test_all_give_one_answer(space: Space, wish: Wish) -> None:
    wish.before(space)
    assert rules_allow(space, wish) == wish.fits
    assert search_finds(space, wish) == wish.fits
    if wish.by_time:
        assert day_is_free(space, wish) == wish.fits
        assert page_offers(space, wish) == wish.fits


@pytest.mark.parametrize(("minute", "fits"), [(59, True), (60, False)])
def test_a_use_can_be_had_until_the_moment_before_it_begins(
    space: Space, clock: TestClock, minute: int, fits: bool
) -> None:
    wish = Wish("", fits)
    clock.move_to(slot(9, 10)[0] + dt.timedelta(minutes=minute))
    assert rules_allow(space, wish) == fits
    assert day_is_free(space, wish) == fits
    assert page_offers(space, wish) == fits


def test_a_use_that_begins_now_can_not_be_cancelled_nor_decided_any_more(
    cast: Cast, space: Space, clock: TestClock
) -> None:
    booking = book(cast["resident"], space, 10, 11)
    clock.move_to(booking.starts_at - dt.timedelta(seconds=1))
    assert booking.is_to_come
    clock.move_to(booking.starts_at)
    assert not booking.is_to_come
    assert not booking.is_over


def test_a_use_that_ends_now_is_over(space: Space, clock: TestClock) -> None:
    make_policy(space, confirm_mode="instant")
    booking = book(make_booker(7), space, 10, 11)
    clock.move_to(booking.ends_at - dt.timedelta(seconds=1))
    assert not booking.is_over
    clock.move_to(booking.ends_at)
    assert booking.is_over
