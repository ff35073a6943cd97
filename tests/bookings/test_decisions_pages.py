"""The queue and its decisions over HTTP.

Granting, refusing with a reason, twice, from outside, with and without htmx.
"""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import PhoneReveal
from bookings.choices import Status
from bookings.models import Booking
from bookings.services.booking import approve_booking
from bookings.services.booking import reject_booking as reject
from tests.factories.bookings import TOMORROW, book, make_booker, make_space
from tests.support.cast import Cast
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def request_made(cast: Cast) -> Booking:
    return book(cast["resident"], make_space(cast.center), 9, 10)


def client_of(cast: Cast, role: str, language: str = "en") -> Client:
    client = Client()
    client.cookies["django_language"] = language
    client.force_login(cast[role])
    return client


def approve_url(booking: Booking) -> str:
    return reverse("bookings:booking_approve", args=[booking.reference])


def reject_url(booking: Booking) -> str:
    return reverse("bookings:booking_reject", args=[booking.reference])


@pytest.mark.parametrize("role", ["staff", "manager", "town_admin", "city_admin"])
def test_those_who_work_for_the_center_approve_with_one_press(cast: Cast, request_made: Booking, role: str) -> None:
    response = client_of(cast, role).post(approve_url(request_made), {"next": "/work/"}, follow=True)

    request_made.refresh_from_db()
    assert request_made.status == Status.APPROVED
    assert response.redirect_chain == [("/work/", 302)]
    assert 'Approved: <span lang="zh">演示居民01</span> is told.' in response.content.decode()
    assert request_made.events.get(verb="approve").actor == cast[role]


@pytest.mark.parametrize("role", ["resident", "stranger", "sibling_staff", "sibling_manager", "other_town_admin"])
def test_for_others_the_request_doesnt_exist(cast: Cast, request_made: Booking, role: str) -> None:
    client = client_of(cast, role)
    assert client.post(approve_url(request_made)).status_code == 404
    assert client.get(reject_url(request_made)).status_code == 404
    assert client.post(reject_url(request_made), {"reason": "no"}).status_code == 404
    request_made.refresh_from_db()
    assert request_made.status == Status.PENDING


def test_approving_twice_says_that_it_has_been_decided(cast: Cast, request_made: Booking) -> None:
    client = client_of(cast, "staff")
    client.post(approve_url(request_made))
    response = client.post(approve_url(request_made), follow=True)

    assert "already been decided: Approved" in response.content.decode()
    assert request_made.events.filter(verb="approve").count() == 1


def test_htmx_gets_the_row_and_the_number_left(cast: Cast, request_made: Booking) -> None:
    client = client_of(cast, "staff")
    first, second = (client.post(approve_url(request_made), **HTMX) for _ in range(2))

    assert (first.status_code, second.status_code) == (200, 409)
    assert all(answer["Portal-Fragment"] and "<html" not in answer.content.decode() for answer in (first, second))
    assert "Approved" in first.content.decode()
    assert 'hx-swap-oob="true">0<' in first.content.decode()
    assert "HX-Request" in first["Vary"]
    assert "already been decided: Approved" in second.content.decode()


def test_a_request_whose_time_has_come_cant_be_approved(cast: Cast, request_made: Booking, clock: TestClock) -> None:
    clock.move_to(request_made.starts_at + dt.timedelta(minutes=1))
    refused = client_of(cast, "staff").post(approve_url(request_made), **HTMX)
    assert refused.status_code == 409 and "can&#x27;t be decided any more" in refused.content.decode()
    response = client_of(cast, "staff").post(approve_url(request_made), follow=True)

    assert "can&#x27;t be decided any more" in response.content.decode()
    request_made.refresh_from_db()
    assert request_made.status == Status.PENDING


def test_getting_the_address_of_approval_changes_nothing(cast: Cast, request_made: Booking) -> None:
    assert client_of(cast, "staff").get(approve_url(request_made)).status_code == 405


def test_rejecting_asks_for_a_reason_and_frees_the_time(cast: Cast, request_made: Booking) -> None:
    client = client_of(cast, "staff")
    assert "Reject this request?" in client.get(reject_url(request_made)).content.decode()

    empty = client.post(reject_url(request_made), {"reason": " ", "next": "/work/"})
    assert empty.status_code == 422
    assert 'href="#id_reason"' in empty.content.decode()
    assert 'value="/work/"' in empty.content.decode()

    response = client.post(reject_url(request_made), {"reason": "那天检修", "next": "/work/"})
    request_made.refresh_from_db()
    assert (response.status_code, response["Location"], request_made.status) == (302, "/work/", Status.REJECTED)
    assert request_made.events.get(verb="reject").reason == "那天检修"
    assert not request_made.occupancy.exists()


def test_rejecting_what_a_colleague_has_decided_keeps_the_reason_and_says_so(cast: Cast, request_made: Booking) -> None:
    client = client_of(cast, "staff")
    approve_booking(actor=cast["manager"], booking=request_made)
    response = client.post(reject_url(request_made), {"reason": "那天检修"})

    assert response.status_code == 409
    assert "already been decided: Approved" in response.content.decode()
    request_made.refresh_from_db()
    assert request_made.status == Status.APPROVED


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_the_way_back_never_leaves_the_portal(cast: Cast, request_made: Booking, elsewhere: str) -> None:
    response = client_of(cast, "staff").post(approve_url(request_made), {"next": elsewhere})
    assert response["Location"] == reverse("bookings:decision_list")


def test_the_queue_shows_requests_by_deadline_with_the_phone_masked(cast: Cast, request_made: Booking) -> None:
    page = client_of(cast, "staff").get(reverse("bookings:decision_list")).content.decode()

    assert "演示居民01" in page
    assert "199****0001" in page
    assert "19900000001" not in page


def test_the_queue_shows_the_subtree_and_nothing_beside_it(cast: Cast, request_made: Booking) -> None:
    beside = book(make_booker(7), make_space(cast.sibling, "邻居活动室"), 9, 10)

    def shown(role: str) -> set[str]:
        page = client_of(cast, role).get(reverse("bookings:decision_list")).context["cards"]
        return {card.booking.reference for card in page}

    assert shown("staff") == {request_made.reference}
    assert shown("sibling_staff") == {beside.reference}
    assert shown("city_admin") == {request_made.reference, beside.reference}
    assert shown("other_town_admin") == set()


def test_the_queue_is_filtered_by_status_center_and_day(cast: Cast, request_made: Booking) -> None:
    later = book(make_booker(7), make_space(cast.sibling), 9, 10, day=TOMORROW + dt.timedelta(days=1))
    refused = book(make_booker(8), request_made.space, 14, 15)
    reject(actor=cast["staff"], booking=refused, reason="检修")

    def shown(**query: Any) -> set[str]:
        response = client_of(cast, "city_admin").get(reverse("bookings:decision_list"), query)
        listed = [*response.context["cards"], *response.context["gone"]]
        return {card.booking.reference for card in listed}

    assert shown(status="") == {request_made.reference, later.reference, refused.reference}
    assert shown(status=Status.REJECTED) == {refused.reference}
    assert shown(center=cast.sibling.code) == {later.reference}
    assert shown(status="", day=TOMORROW.isoformat()) == {request_made.reference, refused.reference}
    assert shown(center=cast.town.code) == {request_made.reference, later.reference}


@pytest.mark.parametrize("query", ["day=yesterday", "status=nonsense", "center=nowhere", "page=999"])
def test_a_filter_that_isnt_understood_breaks_nothing(cast: Cast, request_made: Booking, query: str) -> None:
    assert client_of(cast, "staff").get(f"{reverse('bookings:decision_list')}?{query}").status_code == 200


def test_the_queue_is_a_fragment_for_htmx(cast: Cast, request_made: Booking) -> None:
    response = client_of(cast, "staff").get(reverse("bookings:decision_list"), **HTMX)
    assert "<html" not in response.content.decode()
    assert 'id="queue"' in response.content.decode()


def test_the_queue_asks_the_same_of_two_requests_and_of_twenty(cast: Cast) -> None:
    client = client_of(cast, "city_admin")
    spaces = iter(range(100))

    def grow(count: int) -> None:
        for _ in range(count):
            n = next(spaces)
            book(make_booker(100 + n), make_space(cast.center, f"场所{n}"), 9, 10)

    assert_constant_queries(grow, lambda: client.get(reverse("bookings:decision_list")))


def test_an_erased_contact_leaves_the_row_standing(cast: Cast, request_made: Booking) -> None:
    request_made.contact.delete()
    client = client_of(cast, "staff")
    assert "Residents" in client.get(reverse("bookings:decision_list")).content.decode()
    assert client.get(reject_url(request_made)).status_code == 200


def test_the_number_is_masked_until_staff_ask_for_it_which_is_written_down(cast: Cast, request_made: Booking) -> None:
    client = client_of(cast, "staff")
    number = request_made.contact.phone
    assert number not in client.get(request_made.get_absolute_url()).content.decode()
    assert not PhoneReveal.objects.exists()

    shown = client.post(reverse("bookings:booking_phone", args=[request_made.reference]))

    assert f"tel:{number}" in shown.content.decode() and "no-store" in shown.headers["Cache-Control"]
    line = PhoneReveal.objects.get()
    assert (line.viewer, line.subject) == (
        cast["staff"],
        request_made.booker,
    ) and request_made.reference in line.purpose
    assert client.get(reverse("bookings:booking_phone", args=[request_made.reference])).status_code == 405


def test_what_nobody_sees_is_no_reason(cast: Cast, request_made: Booking) -> None:
    response = client_of(cast, "staff").post(reject_url(request_made), {"reason": "\u200b\u3164"})
    assert list(response.context["form"].errors) == ["reason"]
    request_made.refresh_from_db()
    assert request_made.status == Status.PENDING
