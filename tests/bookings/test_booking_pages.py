"""Check, send, look, cancel: what a person in a hurry does, twice, with the back button."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bookings.choices import Status
from bookings.models import Booking, Space
from tests.factories.bookings import book, slot
from tests.support.time import TestClock

SLOT = {"start": "2026-11-25T09:00", "end": "2026-11-25T11:00", "people": "12", "purpose": "residents_meeting"}
FORM = {**SLOT, "name": "演示居民01", "organisation": "", "note": "", "agree": "on"}


@pytest.fixture
def mine(client: Client, resident: User) -> Client:
    client.force_login(resident)
    return client


@pytest.fixture
def check_url(space: Space) -> str:
    return reverse("bookings:booking_create", args=[space.pk])


def test_signing_in_on_the_way_keeps_the_slot_in_the_address(client: Client, check_url: str) -> None:
    response = client.get(check_url, SLOT)
    assert response.status_code == 302
    assert "start%3D2026-11-25T09" in response.url  # type: ignore[attr-defined]


def test_check_then_send_then_success(mine: Client, check_url: str) -> None:
    page = mine.get(check_url, SLOT).content.decode()
    assert "9:00–11:00" in page and "199****0001" in page

    response = mine.post(check_url, FORM)

    booking = Booking.objects.get()
    assert response.url == f"{booking.get_absolute_url()}?new=1"  # type: ignore[attr-defined]
    assert booking.reference in mine.get(response.url).content.decode()  # type: ignore[attr-defined]


def test_sending_twice_books_once(mine: Client, check_url: str) -> None:
    mine.post(check_url, FORM)
    again = mine.post(check_url, FORM)
    assert again.status_code == 302 and Booking.objects.count() == 1


def test_what_is_missing_is_said_and_what_was_typed_is_kept(mine: Client, check_url: str) -> None:
    response = mine.post(check_url, {**FORM, "name": "", "organisation": "演示支部01"})
    assert response.status_code == 400
    html = response.content.decode()
    assert "演示支部01" in html and 'href="#id_name"' in html
    assert not Booking.objects.exists()


def test_a_slot_lost_meanwhile_offers_three_others_and_keeps_what_was_typed(
    mine: Client, check_url: str, space: Space, neighbour: User
) -> None:
    book(neighbour, space, 9, 11)
    response = mine.post(check_url, {**FORM, "organisation": "演示支部01"})
    assert response.status_code == 409
    assert len(response.context["alternatives"]) == 3
    assert "演示支部01" in response.content.decode()


def test_a_slot_that_cannot_be_had_is_said_before_anything_is_typed(
    mine: Client, check_url: str, space: Space, neighbour: User
) -> None:
    book(neighbour, space, 9, 11)
    assert mine.get(check_url, SLOT).context["refusal"].code == "slot_taken"


@pytest.mark.parametrize("broken", [{"start": "yesterday"}, {"people": "0"}, {"purpose": "trade"}, {"end": ""}])
def test_a_broken_slot_goes_back_to_choosing(
    mine: Client, check_url: str, space: Space, broken: dict[str, str]
) -> None:
    for response in (mine.get(check_url, {**SLOT, **broken}), mine.post(check_url, {**FORM, **broken})):
        assert response.status_code == 302 and response.url == space.get_absolute_url()  # type: ignore[attr-defined]
    assert not Booking.objects.exists()


def test_others_bookings_are_not_found(client: Client, space: Space, resident: User, neighbour: User) -> None:
    booking = book(resident, space)
    client.force_login(neighbour)
    for name in ("booking_detail", "booking_cancel"):
        assert client.get(reverse(f"bookings:{name}", args=[booking.reference])).status_code == 404
    assert client.post(reverse("bookings:booking_release", args=[booking.reference])).status_code == 404


def test_cancelling_asks_once_and_frees_the_room(mine: Client, space: Space, resident: User) -> None:
    booking = book(resident, space)
    url = reverse("bookings:booking_cancel", args=[booking.reference])
    assert mine.get(url).status_code == 200
    booking.refresh_from_db()
    assert booking.status == Status.APPROVED
    mine.post(url)
    booking.refresh_from_db()
    assert booking.status == Status.CANCELLED
    assert mine.post(url).status_code == 200, "a second time says that it's over"


def test_releasing_what_is_in_use(mine: Client, space: Space, resident: User, clock: TestClock) -> None:
    booking = book(resident, space, 9, 11)
    url = reverse("bookings:booking_release", args=[booking.reference])
    mine.post(url)
    booking.refresh_from_db()
    assert booking.status == Status.APPROVED, "not before it began"
    clock.move_to(slot(9.5, 10)[0])
    mine.post(url)
    booking.refresh_from_db()
    assert booking.status == Status.RELEASED


def test_my_bookings_lists_what_is_to_come_and_what_was(
    mine: Client, space: Space, resident: User, neighbour: User, clock: TestClock
) -> None:
    first, second = book(resident, space, 9, 10), book(resident, space, 14, 15)
    other = book(neighbour, space, 17, 18)
    clock.move_to(slot(12, 13)[0])
    html = mine.get(reverse("bookings:booking_list")).content.decode()
    assert first.reference in html and second.reference in html and other.reference not in html


def test_until_when_to_cancel_is_said_as_long_as_it_can_be_kept(
    mine: Client, space: Space, resident: User, clock: TestClock
) -> None:
    booking = book(resident, space, 9, 10, day=dt.date(2026, 11, 27))
    for moment, is_in_time in (
        (booking.cancel_by - dt.timedelta(seconds=1), True),
        (booking.cancel_by, False),
    ):
        clock.move_to(moment)
        page = mine.get(booking.get_absolute_url(), headers={"accept-language": "en"})
        assert page.context["is_cancelled_in_time"] == is_in_time
        assert ("as soon as you know" in page.content.decode()) != is_in_time


def test_a_booking_is_to_come_until_it_ends(mine: Client, space: Space, resident: User, clock: TestClock) -> None:
    booking = book(resident, space, 9, 10)
    for moment, coming, earlier in (
        (booking.starts_at, [booking], []),
        (booking.ends_at - dt.timedelta(seconds=1), [booking], []),
        (booking.ends_at, [], [booking]),
    ):
        clock.move_to(moment)
        shown = mine.get(reverse("bookings:booking_list")).context
        assert (list(shown["coming"]), list(shown["page"])) == (coming, earlier), moment


def test_my_bookings_takes_a_constant_number_of_queries(
    mine: Client, space: Space, resident: User, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for hours in ((8, 10), (12, 14)):
        for hour in range(*hours, 2):
            book(resident, space, hour, hour + 0.5)
        with CaptureQueriesContext(connection) as captured:
            mine.get(reverse("bookings:booking_list"))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_granted_use_that_is_past_reads_as_ended(
    mine: Client, resident: User, space: Space, clock: TestClock
) -> None:
    book(resident, space, 9, 11)
    coming = mine.get(reverse("bookings:booking_list"), headers={"Accept-Language": "en"}).content.decode()
    assert ">Approved</span>" in coming
    clock.advance(days=2)
    mine.force_login(resident)
    past = mine.get(reverse("bookings:booking_list"), headers={"Accept-Language": "en"}).content.decode()
    assert ">Ended</span>" in past and ">Approved</span>" not in past


def test_what_nobody_sees_is_no_contact(mine: Client, check_url: str) -> None:
    response = mine.post(check_url, {**FORM, "name": "\u200b\u202e"})
    assert (response.status_code, list(response.context["form"].errors)) == (400, ["name"])

    mine.post(check_url, {**FORM, "name": "\u202e𠮷田", "organisation": "演示\u200b支部01", "note": "\u3164"})
    contact = Booking.objects.get().contact
    assert (contact.name, contact.organisation, contact.note) == ("𠮷田", "演示支部01", "")
