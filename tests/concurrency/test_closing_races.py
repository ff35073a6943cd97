"""Somebody books while the room is set up anew: refused, or among those to be called; by the lock, as canaries show."""

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from accounts.models import User
from bookings import exceptions as refused
from bookings.domain import occupancy
from bookings.models import Booking, Space
from bookings.selectors.unusable import unusable_days
from bookings.services import booking as booking_services
from bookings.services import spaces as setup_services
from centers.choices import Role
from centers.models import Center
from centers.services import tree
from common import clock
from tests.concurrency.conftest import wait_unless_queueing
from tests.factories.bookings import book, make_booker, make_space, open_daily, slot
from tests.factories.centers import grant

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.usefixtures("clock")]

DAY = dt.date(2026, 12, 1)
Rivals = Callable[[list[Callable[[], Any]]], list[Any]]
# How long the first waits for the second, who in turn waits for the lock that the first holds.
PATIENCE_SECONDS = 1


@dataclass(frozen=True)
class Place:
    """A room, and who manages it."""

    space: Space
    manager: User

    @property
    def center(self) -> Center:
        return self.space.center


@pytest.fixture
def place() -> Place:
    open_daily(Center.objects.get(code="330482"), opens=6)
    center = Center.objects.get(code="330482001001")
    manager = User.objects.create(username="manager")
    grant(manager, Center.objects.get(code="330482"), Role.ADMIN)
    return Place(make_space(center), manager)


def close_for_good(place: Place) -> list[Booking]:
    return setup_services.close_center_for_good(actor=None, center=place.center, on=clock.today(), reason="合并")


def close_for_a_day(place: Place) -> list[Booking]:
    start, end = slot(0, 24, DAY)
    return setup_services.close_center(
        actor=place.manager, center=place.center, starts_at=start, ends_at=end, reason="停电"
    )


def close_where_it_stands_that_day(place: Place) -> list[Booking]:
    """Only the early morning, of the town that the center moves to on that very day: in UTC it is the day before."""
    start, end = slot(0, 7.5, DAY)
    above = Center.objects.get(code="330482002")
    return setup_services.close_center(actor=place.manager, center=above, starts_at=start, ends_at=end, reason="停电")


def repair(place: Place) -> list[Booking]:
    start, end = slot(0, 24, DAY)
    return setup_services.add_maintenance(
        actor=place.manager, space=place.space, starts_at=start, ends_at=end, reason="检修"
    )


def switch_off(place: Place) -> list[Booking]:
    """Switching a room off names nobody: which bookings can't be used is asked right after, as its page does."""
    setup_services.change_space(actor=place.manager, space=place.space, is_active=False)
    return list(Booking.objects.filter(pk__in=unusable_days(Booking.objects.filter(space=place.space))))


VERBS: dict[Callable[[Place], list[Booking]], type[refused.BookingError]] = {
    close_for_good: refused.SpaceNotBookable,
    close_for_a_day: refused.CenterShut,
    close_where_it_stands_that_day: refused.CenterShut,
    repair: refused.UnderMaintenance,
    switch_off: refused.SpaceNotBookable,
}
each_verb = pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)


def prepare(verb: Any, place: Place) -> None:
    if verb is close_where_it_stands_that_day:
        tree.move_center(actor=None, center=place.center, new_parent=Center.objects.get(code="330482002"), on=DAY)


def book_then(place: Place, booker: User) -> Booking:
    return book(booker, place.space, 7, 8, day=DAY)


def set_up_after_the_last_check(
    verb: Any, place: Place, rivals: Rivals, patch: pytest.MonkeyPatch
) -> tuple[Booking, list[Booking]]:
    """A booking that has passed every rule and isn't written yet when its room is set up anew: it, and who is named."""
    prepare(verb, place)
    checked, done = threading.Event(), threading.Event()

    check = booking_services.checked_facts

    def check_then_wait_for_the_other(*args: Any) -> Any:
        facts = check(*args)
        checked.set()
        wait_unless_queueing(done, PATIENCE_SECONDS)
        return facts

    def set_up_then() -> list[Booking]:
        assert checked.wait(30)
        try:
            return verb(place)
        finally:
            done.set()

    patch.setattr(booking_services, "checked_facts", check_then_wait_for_the_other)
    booker = make_booker(1)
    booked, named = rivals([lambda: book_then(place, booker), set_up_then])
    assert isinstance(booked, Booking), booked
    return booked, named


@each_verb
def test_who_was_first_is_among_those_to_call(
    verb: Any, place: Place, rivals: Rivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    booked, named = set_up_after_the_last_check(verb, place, rivals, monkeypatch)
    assert named == [booked]


@each_verb
def test_canary_without_the_lock_nobody_calls_them(
    verb: Any, place: Place, rivals: Rivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(occupancy, "lock_and_read_taken", occupancy.taken_for)
    _booked, named = set_up_after_the_last_check(verb, place, rivals, monkeypatch)
    assert named == []


@each_verb
def test_who_comes_second_is_refused(verb: Any, place: Place, rivals: Rivals, monkeypatch: pytest.MonkeyPatch) -> None:
    """The booker queues for the cells that the other holds, and then finds the room as it is now."""
    prepare(verb, place)
    held, never = threading.Event(), threading.Event()
    lock, setting_up = occupancy.lock_cells, threading.local()

    def lock_and_linger(space_ids: Any) -> list[int]:
        cell_ids = lock(space_ids)
        if getattr(setting_up, "is_here", False):
            held.set()
            wait_unless_queueing(never, PATIENCE_SECONDS)
        return cell_ids

    def set_up_slowly() -> list[Booking]:
        setting_up.is_here = True
        return verb(place)

    def book_second() -> Booking:
        assert held.wait(30)
        return book_then(place, booker)

    monkeypatch.setattr(occupancy, "lock_cells", lock_and_linger)
    booker = make_booker(1)
    booked, named = rivals([book_second, set_up_slowly])
    assert (type(booked), named) == (VERBS[verb], []), booked
    assert not Booking.objects.exists()
