"""Staff come back to the page they cancelled or released on; nobody is led off the portal."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from bookings.choices import Status
from bookings.exceptions import NotCancellable, ReasonMissing
from bookings.models import Booking
from bookings.services.booking import cancel_booking
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


def test_ending_a_use_for_somebody_asks_why_and_leads_back_to_the_workbench(staff: Client, running: Booking) -> None:
    url = reverse("bookings:booking_release", args=[running.reference])
    asked = staff.get(url, {"next": WORKBENCH})
    assert asked.context["next"] == WORKBENCH and asked.context["form"]["reason"].field.required
    silent = staff.post(url, {"next": WORKBENCH, "reason": " "})
    running.refresh_from_db()
    assert (silent.status_code, running.status) == (422, Status.APPROVED)
    assert str(ReasonMissing()) in silent.content.decode()

    response = staff.post(url, {"next": WORKBENCH, "reason": "水管爆裂"}, follow=True)
    running.refresh_from_db()
    assert response.redirect_chain == [(WORKBENCH, 302)] and running.status == Status.RELEASED
    assert running.events.get(verb="release").reason == "水管爆裂"
    page = response.content.decode()
    assert "已通知预约人" in page and "谢谢您" not in page, "the clerk isn't thanked as the booker is"


@pytest.mark.parametrize("elsewhere", ["", "https://elsewhere.example/", "//elsewhere.example/"])
def test_nobody_is_led_elsewhere(staff: Client, coming: Booking, elsewhere: str) -> None:
    response = staff.post(
        reverse("bookings:booking_cancel", args=[coming.reference]), {"next": elsewhere, "reason": "设备检修"}
    )
    assert response["Location"] == coming.get_absolute_url()


def test_a_request_is_answered_not_cancelled(cast: Cast, staff: Client) -> None:
    make_policy(cast.center, confirm_mode="staff")
    waiting = book(make_booker(43), make_space(cast.center), 13, 14)
    page = staff.get(waiting.get_absolute_url()).content.decode()
    assert reverse("bookings:booking_reject", args=[waiting.reference]) in page
    assert reverse("bookings:booking_cancel", args=[waiting.reference]) not in page


def test_staff_are_asked_why_and_bookers_arent(staff: Client, coming: Booking) -> None:
    url = reverse("bookings:booking_cancel", args=[coming.reference])
    asked = staff.get(url)
    assert asked.context["form"]["reason"].field.required
    assert "（选填）" not in asked.content.decode()
    refused = staff.post(url, {"reason": " "})
    assert str(ReasonMissing()) in refused.content.decode()

    booker = Client()
    booker.force_login(coming.booker)
    assert 'name="reason"' not in booker.get(url).content.decode()
    assert booker.post(url).status_code == 302
    coming.refresh_from_db()
    assert coming.status == Status.CANCELLED


@pytest.mark.parametrize("is_past", [False, True])
def test_nobody_is_asked_about_what_cant_be_cancelled_any_more(
    staff: Client, coming: Booking, clock: TestClock, is_past: bool
) -> None:
    if is_past:
        clock.move_to(coming.ends_at)
    else:
        cancel_booking(actor=coming.booker, booking=coming)
    url = reverse("bookings:booking_cancel", args=[coming.reference])
    looked, refused = staff.get(url, {"next": WORKBENCH}), staff.post(url, {"next": WORKBENCH, "reason": "停电"})
    assert (looked.status_code, refused.status_code) == (200, NotCancellable.status)
    for response in (looked, refused):
        page = response.content.decode()
        assert page.count(str(NotCancellable())) == 1
        assert f'href="{WORKBENCH}"' in page
        assert 'name="reason"' not in page
