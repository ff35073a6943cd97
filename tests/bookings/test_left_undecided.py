"""A request whose time came without an answer, before the sweep has written it down: pages already say so."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from bookings import exceptions as refused
from bookings.choices import Status
from bookings.models import Booking, Occupancy
from bookings.services import booking as booking_services
from tests.factories.bookings import book, make_booker, make_space
from tests.support.cast import Cast
from tests.support.time import TestClock

LEFT, PENDING = "未在时限内答复", "待审核"


@pytest.fixture
def asked(cast: Cast) -> Booking:
    return book(cast["resident"], make_space(cast.center), 9, 10)


def pages(cast: Cast, booking: Booking) -> dict[str, str]:
    """What of the pages that show the booking to its booker and to staff stands in them."""
    shown = {}
    for role, name, args in (
        ("resident", "bookings:booking_list", []),
        ("resident", "bookings:booking_detail", [booking.reference]),
        ("resident", "bookings:booking_cancel", [booking.reference]),
        ("staff", "bookings:booking_detail", [booking.reference]),
        ("staff", "bookings:booking_reject", [booking.reference]),
        ("staff", "pages:workbench", []),
    ):
        client = Client()
        client.force_login(cast[role])
        shown[f"{role} {name}"] = client.get(reverse(name, args=args)).content.decode()
    return shown


def test_pages_say_it_from_the_moment_the_use_would_begin(cast: Cast, asked: Booking, clock: TestClock) -> None:
    clock.move_to(asked.starts_at - dt.timedelta(seconds=1))
    before = pages(cast, asked)
    clock.move_to(asked.starts_at)
    after = pages(cast, asked)
    assert not [name for name, page in before.items() if LEFT in page]
    assert [name for name, page in after.items() if LEFT in page] == list(after)
    # The workbench has a part of that name, whatever stands in it.
    saying_pending = [name for name, page in before.items() if PENDING in page and "workbench" not in name]
    assert {"resident bookings:booking_list", "resident bookings:booking_detail"} < set(saying_pending)
    assert not [name for name in saying_pending if PENDING in after[name]]


def test_nobody_is_offered_to_decide_or_cancel_it(cast: Cast, asked: Booking, clock: TestClock) -> None:
    clock.move_to(asked.starts_at)
    for name, page in pages(cast, asked).items():
        assert reverse("bookings:booking_approve", args=[asked.reference]) not in page, name
    staff = Client()
    staff.force_login(cast["staff"])
    assert staff.get(reverse("pages:workbench")).context["waiting"] == 0


def test_after_the_sweep_they_say_the_same(cast: Cast, asked: Booking, clock: TestClock) -> None:
    clock.move_to(asked.starts_at)
    assert booking_services.expire_undecided(now=clock.now) == 1
    asked.refresh_from_db()
    assert (asked.status, str(asked.shown_status), asked.tone) == (Status.EXPIRED, LEFT, "bad")


def test_what_was_granted_is_not_meant(cast: Cast, asked: Booking, clock: TestClock) -> None:
    granted = booking_services.approve_booking(actor=cast["staff"], booking=asked)
    clock.move_to(granted.starts_at)
    assert str(granted.shown_status) != LEFT
    clock.move_to(granted.ends_at)
    assert (str(granted.shown_status), granted.tone) == ("已结束", "")


def test_its_time_is_free_for_others_before_the_sweep_comes(cast: Cast, clock: TestClock) -> None:
    space = make_space(cast.center)
    left = book(cast["resident"], space, 9, 12)
    clock.move_to(left.starts_at - dt.timedelta(minutes=1))
    other = make_booker(7)
    with pytest.raises(refused.SlotTaken):
        book(other, space, 10, 11)
    clock.move_to(left.starts_at)
    made = book(other, space, 10, 11)
    left.refresh_from_db()
    assert left.status == Status.EXPIRED
    assert {row.booking_id for row in Occupancy.objects.all()} == {made.pk}
