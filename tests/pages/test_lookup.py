"""Finding a booking or a sign-up by number, name or phone: only at the centers one works for, no number in full."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import PhoneReveal
from activities.choices import SignUpState
from bookings.models import Booking
from bookings.services.booking import cancel_booking
from bookings.values.lookup import Lookup, read_lookup
from tests.factories.activities import join, make_activity, make_participant
from tests.factories.bookings import book, make_booker, make_policy, make_space, open_daily
from tests.support.cast import INSIDE, OUTSIDE, Cast, make_cast
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

FIND = reverse("pages:lookup")
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    cast = make_cast()
    open_daily(cast.city)
    make_policy(cast.city, turnaround_minutes=0, quota_count=100)
    return cast


@pytest.fixture
def booking(cast: Cast) -> Booking:
    booking = book(make_booker(1), make_space(cast.center), 9, 10)
    contact = booking.contact
    contact.name, contact.organisation, contact.phone = "演示李四", "演示第二支部", "19900004321"
    contact.save()
    return booking


def client_of(cast: Cast, role: str) -> Client:
    client = Client()
    client.force_login(cast[role])
    return client


def found(cast: Cast, role: str, text: str) -> tuple[list[str], list[str]]:
    """References of bookings and codes of sign-ups that somebody finds."""
    context = client_of(cast, role).get(FIND, {"q": text}).context
    return (
        [card.booking.reference for card in context["bookings"].rows],
        [sign_up.code for sign_up in context["sign_ups"].rows],
    )


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("0001", Lookup(last_four="0001")),
        ("００01", Lookup(last_four="0001")),
        ("138 0000 0001", Lookup(phone="13800000001")),
        ("7vgc vswrv3", Lookup(reference="7VGCVSWRV3")),
        ("7VGCV", Lookup(reference="7VGCV")),
        (" 演示 李四 ", Lookup(words=("演示", "李四"))),
        ("7VG", Lookup(words=("7VG",))),
        ("", Lookup()),
        (" \u200b", Lookup()),
    ],
)
def test_what_is_typed_is_read_as_one_thing(typed: str, read: Lookup) -> None:
    assert read_lookup(typed) == read


@pytest.mark.parametrize("typed", ["reference", "5 of reference", "4321", "19900004321", "李四", "第二支部", "支部 李"])
def test_a_booking_is_found_by_number_name_and_phone(cast: Cast, booking: Booking, typed: str) -> None:
    spaced = f"{booking.reference[:4].lower()} {booking.reference[4:]}"
    text = {"reference": spaced, "5 of reference": booking.reference[:5]}.get(typed, typed)
    assert found(cast, "staff", text) == ([booking.reference], [])


@pytest.mark.parametrize("typed", ["1234", "张三", "支部 王", "22222", "%", "_", "\\", "'", "\x00", "李\x00四" * 40])
def test_others_are_not_and_nothing_typed_breaks_it(cast: Cast, booking: Booking, typed: str) -> None:
    assert found(cast, "staff", typed) == ([], [])


def test_a_sign_up_is_found_by_code_name_and_the_phone_it_is_reached_on(cast: Cast) -> None:
    activity = make_activity(cast.center, capacity=10)
    by_account = join(activity, 4567)
    alone = make_participant(None, "演示老人甲", center=cast.center, phone="13800007788")
    at_desk = activity.sign_ups.create(participant=alone, state=SignUpState.IN)
    assert found(cast, "staff", "4567")[1] == [by_account.code]
    assert found(cast, "staff", "7788")[1] == [at_desk.code]
    assert found(cast, "staff", "老人甲")[1] == [at_desk.code]
    assert found(cast, "staff", at_desk.code.lower())[1] == [at_desk.code]
    assert found(cast, "sibling_staff", "7788") == ([], [])


@pytest.mark.parametrize("role", INSIDE)
def test_who_works_there_or_above_finds_it(cast: Cast, booking: Booking, role: str) -> None:
    assert found(cast, role, "4321")[0] == [booking.reference]


@pytest.mark.parametrize("role", OUTSIDE)
def test_who_works_beside_never_does(cast: Cast, booking: Booking, role: str) -> None:
    for typed in (booking.reference, "4321", "李四"):
        assert found(cast, role, typed) == ([], [])


def test_those_to_come_stand_first_soonest_first(cast: Cast, clock: TestClock) -> None:
    space, person = make_space(cast.center), make_booker(9)
    first = book(person, space, 9, 10)
    second = book(person, space, 9, 10, day=dt.date(2026, 11, 26))
    third = book(person, space, 9, 10, day=dt.date(2026, 11, 27))
    assert found(cast, "staff", "演示居民01")[0] == [first.reference, second.reference, third.reference]
    clock.advance(days=2)
    assert found(cast, "staff", "演示居民01")[0] == [third.reference, second.reference, first.reference]


def test_the_page_shows_no_number_in_full_until_it_is_asked_for(cast: Cast, booking: Booking) -> None:
    client = client_of(cast, "staff")
    page = client.get(FIND, {"q": "李四"}).content.decode()
    assert "199****4321" in page and "19900004321" not in page
    url = reverse("bookings:booking_phone", args=[booking.reference])
    assert url in page and not PhoneReveal.objects.exists()

    answer = client.post(url, **HTMX)
    assert '<a class="btn small digits" href="tel:19900004321" autofocus>' in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert "tel:19900004321" in client.post(url).content.decode(), "the page, without a script"
    assert PhoneReveal.objects.filter(viewer=cast["staff"], subject=booking.booker).count() == 2


def test_a_person_of_the_desk_is_called_the_same_way(cast: Cast) -> None:
    sign_up = join(make_activity(cast.center), 4567)
    url = reverse("activities:desk_phone", args=[sign_up.activity.reference, sign_up.code])
    client = client_of(cast, "staff")
    assert url in client.get(FIND, {"q": "4567"}).content.decode()
    assert "tel:19900004567" in client.post(url, **HTMX).content.decode()
    assert client_of(cast, "sibling_staff").post(url, **HTMX).status_code == 404
    assert PhoneReveal.objects.filter(viewer=cast["staff"]).count() == 1


def test_finding_asks_the_same_of_two_and_of_twenty(cast: Cast) -> None:
    space, activity = make_space(cast.center), make_activity(cast.center)
    numbers = iter(range(50))

    def grow(count: int) -> None:
        for _ in range(count):
            n = next(numbers)
            book(make_booker(300 + n), space, 9, 9.5, day=dt.date(2026, 11, 25) + dt.timedelta(days=n))
            join(activity, 400 + n)

    client = client_of(cast, "staff")
    assert_constant_queries(grow, lambda: client.get(FIND, {"q": "演示"}))


def test_the_queue_finds_them_too_in_any_status(cast: Cast, booking: Booking) -> None:
    cancel_booking(actor=booking.booker, booking=booking)
    response = client_of(cast, "staff").get(reverse("bookings:decision_list"), {"q": "4321"})
    assert [card.booking for card in response.context["gone"]] == [booking]
    assert response.context["gone_count"] == 1
