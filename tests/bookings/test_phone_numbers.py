"""A contact's number in full.

On no page that is only looked at, for nobody who doesn't work there, never without a line.
"""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import PhoneReveal
from bookings import exceptions as refused
from bookings.models import Booking
from bookings.services.booking import approve_booking, reveal_phone
from tests.architecture.permission_table import Row, all_rows
from tests.factories.bookings import CONTACT, book, make_space
from tests.support.cast import INSIDE, OUTSIDE, RESIDENTS, Cast
from tests.support.contents import words_of

NUMBER = CONTACT.phone
# Who sees least and who sees most of those who work there: a walk through all pages takes a while.
READERS = ("staff", "city_admin")
MASKED = "199****0001"
# Where a booking's number stands, masked, for those who work at its center.
SHOWING = ("bookings:decision_list", "bookings:booking_detail", "bookings:booking_reject", "pages:workbench")


@pytest.fixture
def asked(cast: Cast) -> Booking:
    return book(cast["resident"], make_space(cast.center), 9, 10)


def look_at(row: Row, cast: Cast, booking: Booking, client: Client) -> str:
    """A page of the permission table, at the booking's center; of a booking, this one's."""
    arguments = row.target(cast)
    if "reference" in arguments and "booking" in row.name:
        arguments = {"reference": booking.reference}
    return words_of(client.get(reverse(row.name, kwargs=arguments), follow=True))


@pytest.mark.usefixtures("light_pages")
@pytest.mark.parametrize("role", READERS)
def test_no_page_that_is_looked_at_shows_it(cast: Cast, asked: Booking, role: str) -> None:
    shown = set()
    for row in (row for row in all_rows() if row.method == "get"):
        with transaction.atomic():
            client = Client()
            client.force_login(cast[role])
            page = look_at(row, cast, asked, client)
            # What a row is about is made anew for each, under the same name.
            transaction.set_rollback(True)
        assert NUMBER not in page, row.name
        if MASKED in page:
            shown.add(row.name)
    # Who works above begins with the network, and finds the requests behind its figures.
    expected = set(SHOWING) - ({"pages:workbench"} if role == "city_admin" else set())
    assert shown >= expected, "these show it masked: else this test would look for nothing"
    assert not PhoneReveal.objects.exists()


@pytest.mark.parametrize("role", [*RESIDENTS, *OUTSIDE])
def test_those_who_do_not_work_there_may_not_ask_for_it(cast: Cast, asked: Booking, role: str) -> None:
    with pytest.raises(refused.NotAllowed):
        reveal_phone(actor=cast[role], booking=asked)
    assert not PhoneReveal.objects.exists()


@pytest.mark.parametrize("role", INSIDE)
def test_those_who_work_there_get_it_by_a_line_in_the_log(cast: Cast, asked: Booking, role: str) -> None:
    approve_booking(actor=cast["staff"], booking=asked)
    assert reveal_phone(actor=cast[role], booking=asked) == NUMBER
    assert [(line.viewer, line.subject) for line in PhoneReveal.objects.all()] == [(cast[role], cast["resident"])]
