"""Somebody books while the hours are changed.

Refused, or counted among what the new hours leave outside; a canary for the lock.
"""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest

from bookings.domain import occupancy
from bookings.domain.facts import RequestFacts
from bookings.models import Booking, Space
from bookings.services import booking as booking_services
from bookings.services.booking import checked_facts
from bookings.values.slot_request import SlotRequest
from centers.choices import DayKind
from centers.domain.conflicts import Conflicts
from centers.models import Center
from centers.services import hours
from tests.concurrency.conftest import wait_unless_queueing
from tests.factories.bookings import book, make_booker, make_space, open_daily

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.usefixtures("clock")]

DAY = dt.date(2026, 12, 1)
AFTERNOON = {kind: [(dt.time(13), dt.time(17))] for kind in DayKind}
Rivals = Callable[[list[Callable[[], Any]]], list[Any]]
PATIENCE_SECONDS = 1


@pytest.fixture
def space() -> Space:
    open_daily(Center.objects.get(code="330482"))
    return make_space(Center.objects.get(code="330482001001"))


VERBS: dict[str, Callable[[Center], list[Conflicts]]] = {
    "week": lambda center: hours.set_weekly_hours(actor=None, center=center, week=AFTERNOON),
    "date": lambda center: hours.add_special_day(actor=None, center=center, day=DAY, times=AFTERNOON[DayKind.MON]),
    "removal": lambda center: hours.remove_special_day(actor=None, center=center, day=DAY),
}


def prepare(verb: str, center: Center) -> None:
    """For a removal: a date that is open in the morning, in a week that isn't."""
    if verb == "removal":
        hours.set_weekly_hours(actor=None, center=center, week=AFTERNOON)
        hours.add_special_day(actor=None, center=center, day=DAY, times=[(dt.time(8), dt.time(18))])


def change_after_the_last_check(
    verb: str, space: Space, rivals: Rivals, patch: pytest.MonkeyPatch
) -> tuple[Booking, list[Conflicts]]:
    """A booking that passes every rule before the hours of its town change, and is written after.

    Returns the booking, and what the change counted.
    """
    checked, changed = threading.Event(), threading.Event()
    town = Center.objects.get(code="330482001")
    prepare(verb, town)

    def check_and_wait(request: SlotRequest, taken: occupancy.Taken) -> RequestFacts:
        facts = checked_facts(request, taken)
        checked.set()
        wait_unless_queueing(changed, PATIENCE_SECONDS)
        return facts

    def change_then() -> list[Conflicts]:
        assert checked.wait(30)
        try:
            return VERBS[verb](town)
        finally:
            changed.set()

    patch.setattr(booking_services, "checked_facts", check_and_wait)
    booker = make_booker(1)
    booked, counted = rivals([lambda: book(booker, space, 9, 10, day=DAY), change_then])
    assert isinstance(booked, Booking), booked
    return booked, counted


@pytest.mark.parametrize("verb", VERBS)
def test_who_was_first_is_counted(verb: str, space: Space, rivals: Rivals, monkeypatch: pytest.MonkeyPatch) -> None:
    _booked, [counted] = change_after_the_last_check(verb, space, rivals, monkeypatch)
    assert list(counted.on) == [DAY]


@pytest.mark.parametrize("verb", VERBS)
def test_canary_without_the_lock_they_are_missed(
    verb: str, space: Space, rivals: Rivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(occupancy, "lock_and_read_taken", occupancy.taken_for)
    _booked, [counted] = change_after_the_last_check(verb, space, rivals, monkeypatch)
    assert list(counted.on) == []
