"""Somebody books while the center is closed for good: refused, or among those to be called; a canary shows that the lock does it."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest

from bookings import exceptions as refused
from bookings.domain import occupancy
from bookings.models import Booking, Cell, Space
from bookings.services import booking as booking_services
from bookings.services.spaces import close_center_for_good
from centers.models import Center
from centers.services import tree
from common import clock
from tests.factories.bookings import book, make_booker, make_space, open_daily

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.usefixtures("clock")]

DAY = dt.date(2026, 12, 1)
Rivals = Callable[[list[Callable[[], Any]]], list[Any]]
# How long the first waits for the second, who in turn waits for the lock that the first holds.
PATIENCE_SECONDS = 1


@pytest.fixture
def space() -> Space:
    open_daily(Center.objects.get(code="330482"))
    return make_space(Center.objects.get(code="330482001001"))


def close(center: Center) -> list[Booking]:
    return close_center_for_good(actor=None, center=center, on=clock.today(), reason="合并")


def no_lock(space_ids: Any) -> list[int]:
    """Find the cells without queueing for them."""
    return list(Cell.objects.filter(spaces__in=list(space_ids)).order_by("pk").values_list("pk", flat=True))


def close_after_the_last_check(
    space: Space, rivals: Rivals, patch: pytest.MonkeyPatch
) -> tuple[Booking, list[Booking]]:
    """A booking that has passed every rule, and isn't written yet when somebody closes its center. The booking; whom closing named."""
    checked, closed = threading.Event(), threading.Event()

    check = booking_services.checked_facts

    def check_then_wait_for_the_closing(*args: Any) -> Any:
        facts = check(*args)
        checked.set()
        closed.wait(PATIENCE_SECONDS)
        return facts

    def close_then() -> list[Booking]:
        assert checked.wait(30)
        try:
            return close(space.center)
        finally:
            closed.set()

    patch.setattr(booking_services, "checked_facts", check_then_wait_for_the_closing)
    booker = make_booker(1)
    booked, stranded = rivals([lambda: book(booker, space, 9, 10, day=DAY), close_then])
    assert isinstance(booked, Booking), booked
    return booked, stranded


def test_who_was_first_is_among_those_to_call(space: Space, rivals: Rivals, monkeypatch: pytest.MonkeyPatch) -> None:
    booked, stranded = close_after_the_last_check(space, rivals, monkeypatch)
    assert stranded == [booked]


def test_canary_without_the_lock_nobody_calls_them(
    space: Space, rivals: Rivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(occupancy, "lock_cells_and_booker", lambda space_id, _booker: no_lock([space_id]))
    _booked, stranded = close_after_the_last_check(space, rivals, monkeypatch)
    assert stranded == []


def test_who_comes_second_is_refused(space: Space, rivals: Rivals, monkeypatch: pytest.MonkeyPatch) -> None:
    """The booker queues for the cells that the closing holds, and then finds the center closed."""
    held, never = threading.Event(), threading.Event()
    close_for_good = tree.close_center_for_good

    def close_slowly(**words: Any) -> None:
        held.set()
        never.wait(PATIENCE_SECONDS)
        close_for_good(**words)

    def book_then() -> Booking:
        assert held.wait(30)
        return book(booker, space, 9, 10, day=DAY)

    monkeypatch.setattr(tree, "close_center_for_good", close_slowly)
    booker = make_booker(1)
    booked, stranded = rivals([book_then, lambda: close(space.center)])
    assert (type(booked), stranded) == (refused.SpaceNotBookable, [])
    assert not Booking.objects.exists()
