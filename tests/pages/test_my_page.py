"""One's own page: next bookings, unread messages, settings."""

import pytest
from django.test import Client
from django.urls import reverse

from bookings.choices import ConfirmMode
from bookings.services.booking import approve_booking, cancel_booking
from notifications.models import Outbox
from notifications.services.delivery import deliver
from tests.factories.bookings import book, make_policy, make_space, open_daily
from tests.support.cast import Cast, make_cast
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    cast = make_cast()
    open_daily(cast.city)
    make_policy(cast.city, confirm_mode=ConfirmMode.STAFF, quota_count=100)
    return cast


def client_of(cast: Cast, role: str, language: str = "en") -> Client:
    client = Client()
    client.cookies["django_language"] = language
    client.force_login(cast[role])
    return client


def test_it_shows_ones_own_bookings_and_the_phone_masked(cast: Cast) -> None:
    space = make_space(cast.center)
    mine, _others = book(cast["resident"], space, 9, 10), book(cast["stranger"], space, 14, 15)
    response = client_of(cast, "resident").get(reverse("pages:my_page"))

    page = response.content.decode()
    assert list(response.context["bookings"]) == [mine]
    assert "139****0001" in page
    assert cast["resident"].phone not in page
    assert "no-cache" in response["Cache-Control"]


def test_unread_messages_are_worded_and_lead_to_their_booking(cast: Cast) -> None:
    booking = book(cast["resident"], make_space(cast.center))
    approve_booking(actor=cast["staff"], booking=booking)
    for pk in Outbox.objects.values_list("pk", flat=True):
        deliver(pk)
    response = client_of(cast, "resident").get(reverse("pages:my_page"))

    assert response.context["frame"]["counts"]["unread"].n == 2
    assert [letter.text.title for letter in response.context["letters"]] == ["Approved", "Request received"]
    assert booking.get_absolute_url() in response.content.decode()
    assert response.content.decode().count("Since changed") == 1, "the request has been answered"
    cancel_booking(actor=cast["resident"], booking=booking)
    page = client_of(cast, "resident").get(reverse("pages:my_page")).content.decode()
    assert page.count("Since changed") == 2


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_with_nothing_booked_it_leads_to_the_search(cast: Cast, language: str) -> None:
    page = client_of(cast, "stranger", language).get(reverse("pages:my_page")).content.decode()
    assert reverse("bookings:space_search") in page
    assert reverse("account_logout") in page
    assert reverse("pages:privacy") in page


def test_those_who_work_somewhere_find_the_workbench(cast: Cast) -> None:
    link = f'class="btn" href="{reverse("pages:workbench")}"'
    assert link in client_of(cast, "staff").get(reverse("pages:my_page")).content.decode()
    assert link not in client_of(cast, "resident").get(reverse("pages:my_page")).content.decode()


def test_the_page_asks_the_same_of_two_bookings_and_of_twenty(cast: Cast) -> None:
    client = client_of(cast, "resident")
    numbers = iter(range(100))

    def grow(count: int) -> None:
        for _ in range(count):
            book(cast["resident"], make_space(cast.center, f"场所{next(numbers)}"))
        for pk in Outbox.objects.filter(done_at__isnull=True).values_list("pk", flat=True):
            deliver(pk)

    assert_constant_queries(grow, lambda: client.get(reverse("pages:my_page")))


def test_signing_in_leads_workers_to_the_workbench_and_residents_home(client: Client, cast: Cast) -> None:
    for role, name in (("resident", "pages:home"), ("staff", "pages:workbench"), ("city_admin", "pages:workbench")):
        client.force_login(cast[role])
        assert client.get(reverse("pages:arrival")).headers["Location"] == reverse(name)


def test_who_has_a_password_is_led_to_change_it(cast: Cast) -> None:
    address = f"{reverse('accounts:password')}?next={reverse('pages:my_page')}"
    assert address in client_of(cast, "staff").get(reverse("pages:my_page")).content.decode()
    assert address not in client_of(cast, "resident").get(reverse("pages:my_page")).content.decode()
