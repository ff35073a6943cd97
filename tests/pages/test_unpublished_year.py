"""A time promised in a year whose holidays aren't published yet: said wherever it is promised, and nowhere else."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bookings import messages
from bookings.choices import ConfirmMode, Status
from bookings.models import Booking
from centers.models import CalendarYear
from common import clock as portal_clock
from tests.factories.bookings import book, make_booker, make_policy, make_space, open_daily
from tests.support.cast import Cast, make_cast
from tests.support.time import TestClock

WARNING = "The public holidays of 2027 aren't published yet"
# A Monday that may yet pay for, or belong to, a holiday.
UNCERTAIN, CERTAIN = dt.date(2027, 1, 4), dt.date(2026, 12, 28)
NEW_YEAR = dt.date(2027, 1, 1)


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    cast = make_cast()
    open_daily(cast.city)
    make_policy(cast.city, confirm_mode=ConfirmMode.STAFF, horizon_days=90, notice_workdays=0)
    return cast


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.cookies["django_language"] = "en"
    client.force_login(cast["resident"])
    return client


@pytest.mark.parametrize(("day", "said"), [(UNCERTAIN, True), (CERTAIN, False), (NEW_YEAR, False)])
def test_the_check_page_says_it(cast: Cast, client: Client, day: dt.date, said: bool) -> None:
    space = make_space(cast.center)
    asked = {"starts_at": f"{day}T09:00", "ends_at": f"{day}T10:00", "headcount": 5, "purpose": "other"}
    page = client.get(reverse("bookings:booking_create", args=[space.pk]), asked).content.decode()
    assert (WARNING in page) is said


@pytest.mark.parametrize(("day", "said"), [(UNCERTAIN, True), (CERTAIN, False)])
def test_the_booking_and_its_message_say_it(cast: Cast, client: Client, day: dt.date, said: bool) -> None:
    booking = book(cast["resident"], make_space(cast.center), day=day)
    page = client.get(f"{booking.get_absolute_url()}?new=1").content.decode()
    assert (WARNING in page) is said
    for kind in ("booking_requested", "booking_approved"):
        body = messages.texts_of(kind, [booking.reference])[booking.reference].body
        assert ("The public holidays of 2027 aren't published" in body) is said
    rejected = messages.texts_of("booking_rejected", [booking.reference])[booking.reference].body
    assert "published" not in rejected


def test_a_deadline_reckoned_over_such_days_says_it(cast: Cast, client: Client, clock: TestClock) -> None:
    """Asked for on the last day of the year, an answer is due on the first working day of the next, known or not."""
    clock.move_to(portal_clock.at(dt.date(2026, 12, 31), dt.time(9, 5)))
    booking = book(cast["resident"], make_space(cast.center), day=UNCERTAIN)
    assert booking.decide_by is not None and portal_clock.local(booking.decide_by).date() >= UNCERTAIN
    assert WARNING in client.get(booking.get_absolute_url()).content.decode()
    client.force_login(cast["staff"])
    assert WARNING in client.get(booking.get_absolute_url()).content.decode()


def test_new_year_is_no_working_day(cast: Cast, clock: TestClock) -> None:
    """A fixed holiday needs no notice: nobody is promised an answer on it."""
    clock.move_to(portal_clock.at(dt.date(2026, 12, 31), dt.time(9, 5)))
    booking = book(cast["resident"], make_space(cast.center), day=dt.date(2027, 1, 6))
    assert booking.status == Status.PENDING and booking.decide_by is not None
    assert portal_clock.local(booking.decide_by).date() > NEW_YEAR


def test_nothing_is_said_once_the_year_is_complete(cast: Cast, client: Client) -> None:
    CalendarYear.objects.create(center=cast.city, year=2027)
    booking = book(cast["resident"], make_space(cast.center), day=UNCERTAIN)
    assert WARNING not in client.get(booking.get_absolute_url()).content.decode()


def test_many_messages_ask_no_more_than_two(cast: Cast, django_assert_max_num_queries: Any) -> None:
    space = make_space(cast.center)
    for hour in range(8, 13):
        book(make_booker(hour), space, hour, hour + 0.5, day=UNCERTAIN)
    references = list(Booking.objects.values_list("reference", flat=True))
    with django_assert_max_num_queries(4):
        assert len(messages.texts_of("booking_approved", references)) == 5
