"""What the frame says on every page: what waits for staff, what is unread, and where one is."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from bookings.choices import ConfirmMode
from notifications.services.delivery import deliver
from notifications.services.posting import post_message
from tests.factories.bookings import book, make_booker, make_policy, make_space, open_daily
from tests.support.cast import Cast, make_cast
from tests.support.time import TestClock


@pytest.fixture
def cast(db: None, clock: TestClock) -> Cast:
    cast = make_cast()
    open_daily(cast.city)
    make_policy(cast.city, confirm_mode=ConfirmMode.STAFF)
    return cast


def page(cast: Cast, role: str, url: str) -> str:
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(cast[role])
    return client.get(url).content.decode()


def waiting_on(html: str) -> str:
    return re.findall(r'id="rail-waiting"[^>]*>(\d+)', html)[0]


@pytest.mark.parametrize(
    "name", ["pages:workbench", "bookings:decision_list", "centers:hours_edit", "pages:center_manage"]
)
def test_what_waits_stands_on_every_staff_page(cast: Cast, name: str) -> None:
    url = (
        reverse(name, args=[cast.center.code])
        if name in ("centers:hours_edit", "pages:center_manage")
        else reverse(name)
    )
    assert re.search(r'id="rail-waiting" hidden>0', page(cast, "manager", url))
    book(make_booker(51), make_space(cast.center), 9, 10)
    assert waiting_on(page(cast, "manager", url)) == "1"


def test_deciding_changes_the_count_beside_the_menu_too(cast: Cast) -> None:
    booking = book(make_booker(52), make_space(cast.center), 9, 10)
    client = Client()
    client.force_login(cast["staff"])
    answer = client.post(
        reverse("bookings:booking_approve", args=[booking.reference]), headers={"HX-Request": "true"}
    ).content.decode()
    assert re.search(r'id="rail-waiting" hx-swap-oob="true" hidden>0', answer)


def test_unread_messages_are_counted_for_their_owner_alone(cast: Cast) -> None:
    message = post_message(recipient=cast["resident"], kind="thing", subject_id="1")
    deliver(message.pk)
    home = reverse("pages:home")
    unread = re.compile(r'<span class="count-badge">1<span class="visually-hidden"> unread</span>')
    assert unread.search(page(cast, "resident", home))
    assert not unread.search(page(cast, "stranger", home))
    assert 'class="count-badge"' not in Client().get(home).content.decode().replace('class="count-badge" hidden', "")


def test_set_up_pages_share_one_way_between_them(cast: Cast) -> None:
    names = (
        "pages:center_manage",
        "bookings:space_list_manage",
        "bookings:policy_edit",
        "centers:hours_edit",
        "centers:special_day_list",
    )
    urls = [reverse(name, args=[cast.center.code]) for name in (*names, "centers:role_list")]
    for url in urls:
        html = page(cast, "manager", url)
        assert all(f'href="{other}"' in html for other in urls)
        assert re.search(rf'href="{re.escape(url)}" aria-current="page"', html)
