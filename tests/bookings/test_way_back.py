"""Staff come back to the page they cancelled or released on; nobody is led off the portal."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from bookings.choices import Status
from bookings.models import Booking
from tests.factories.bookings import book, make_booker, make_policy, make_space, open_daily
from tests.support.cast import Cast, make_cast
from tests.support.time import TestClock

TODAY = dt.date(2026, 11, 24)
WORKBENCH = "/work/?center=330482001001"


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    cast = make_cast()
    open_daily(cast.city)
    make_policy(cast.city, turnaround_minutes=0)
    return cast


@pytest.fixture
def staff(cast: Cast, client: Client) -> Client:
    client.force_login(cast["staff"])
    return client


@pytest.fixture
def coming(cast: Cast) -> Booking:
    return book(make_booker(41), make_space(cast.center), 9, 10)


@pytest.fixture
def running(cast: Cast, clock: TestClock) -> Booking:
    clock.move_to(clock.now - dt.timedelta(hours=3))
    booking = book(make_booker(42), make_space(cast.center), 9, 11, day=TODAY)
    clock.advance(hours=3)
    return booking


def test_cancelling_keeps_the_way_back_through_the_question(staff: Client, coming: Booking) -> None:
    url = reverse("bookings:booking_cancel", args=[coming.reference])
    page = staff.get(url, {"next": WORKBENCH})
    assert page.context["next"] == WORKBENCH

    response = staff.post(url, {"next": WORKBENCH, "reason": "设备检修"})
    assert (response.status_code, response["Location"]) == (302, WORKBENCH)
    coming.refresh_from_db()
    assert coming.status == Status.CANCELLED


def test_releasing_leads_back_to_the_workbench(staff: Client, running: Booking) -> None:
    response = staff.post(reverse("bookings:booking_release", args=[running.reference]), {"next": WORKBENCH})
    assert response["Location"] == WORKBENCH


@pytest.mark.parametrize("elsewhere", ["", "https://elsewhere.example/", "//elsewhere.example/"])
def test_nobody_is_led_elsewhere(staff: Client, coming: Booking, elsewhere: str) -> None:
    response = staff.post(reverse("bookings:booking_cancel", args=[coming.reference]), {"next": elsewhere, "reason": "设备检修"})
    assert response["Location"] == coming.get_absolute_url()


def test_a_request_is_answered_not_cancelled(cast: Cast, staff: Client) -> None:
    make_policy(cast.center, confirm_mode="staff")
    waiting = book(make_booker(43), make_space(cast.center), 13, 14)
    page = staff.get(waiting.get_absolute_url()).content.decode()
    assert reverse("bookings:booking_reject", args=[waiting.reference]) in page
    assert reverse("bookings:booking_cancel", args=[waiting.reference]) not in page
