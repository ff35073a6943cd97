"""Two sweeps of undecided requests at one moment: each request expires once, and its booker is told once."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connections

from bookings.choices import ConfirmMode, Status, Verb
from bookings.domain import occupancy
from bookings.models import Booking, BookingEvent, Occupancy
from bookings.services import booking as booking_services
from centers.models import Center
from notifications.models import Outbox
from tests.factories.bookings import book, make_booker, make_policy, make_space, open_daily
from tests.support.time import TestClock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]

PATIENCE_SECONDS = 20


@pytest.fixture
def left(clock: TestClock) -> list[Booking]:
    """Two requests whose time has come."""
    city = Center.objects.get(code="330482")
    open_daily(city)
    make_policy(city, confirm_mode=ConfirmMode.STAFF)
    left = [book(make_booker(n), make_space(city, f"房间{n}"), 9, 10) for n in range(2)]
    clock.move_to(left[0].starts_at)
    return left


def test_what_one_has_in_hand_or_has_done_the_other_leaves(
    left: list[Booking], clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first has listed both and holds one; the second passes over that one, and does the other before the first."""
    let_go, expired = occupancy.let_go, {}

    def sweep_too() -> None:
        try:
            expired["second"] = booking_services.expire_undecided(now=clock.now)
        finally:
            connections.close_all()

    def let_go_slowly(booking: Booking) -> Any:
        monkeypatch.setattr(occupancy, "let_go", let_go)
        other = threading.Thread(target=sweep_too)
        other.start()
        other.join(PATIENCE_SECONDS)
        assert not other.is_alive(), "the second waits for the first"
        return let_go(booking)

    monkeypatch.setattr(occupancy, "let_go", let_go_slowly)
    expired["first"] = booking_services.expire_undecided(now=clock.now)

    assert expired == {"first": 1, "second": 1}
    assert set(Booking.objects.values_list("status", flat=True)) == {Status.EXPIRED}
    assert not Occupancy.objects.exists()
    for booking in left:
        assert BookingEvent.objects.filter(booking=booking, verb=Verb.EXPIRE).count() == 1
        assert Outbox.objects.filter(subject_id=booking.reference, kind="booking_expired").count() == 1


def test_a_request_expires_at_the_moment_its_use_would_begin(left: list[Booking], clock: TestClock) -> None:
    assert booking_services.expire_undecided(now=left[0].starts_at - dt.timedelta(microseconds=1)) == 0
    assert booking_services.expire_undecided(now=left[0].starts_at) == 2
