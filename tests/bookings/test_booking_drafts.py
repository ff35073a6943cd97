"""Drafts of the check page: what was typed outlives a switch of the frame and a lost session, for its writer alone."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bookings.models import Booking, Space
from centers.models import Center
from tests.bookings.check_form import FORM, SLOT
from tests.factories.bookings import make_booker, make_space
from tests.support.time import TestClock


@pytest.mark.parametrize(
    ("switch", "value", "shows"), [("language", "en", "Check and send"), ("elder", "1", "data-elder")]
)
def test_what_was_typed_outlives_a_switch_of_the_frame(
    mine: Client, check_url: str, switch: str, value: str, shows: str
) -> None:
    address = f"{check_url}?{urlencode(SLOT)}"
    page = mine.get(address).content.decode()
    assert re.search(rf'form="check"\s+name="{switch}"', page), "the switch sends the form along"
    typed = {**FORM, "name": "演示居民07", "organisation": "演示支部01", "note": "需要投影仪", switch: value}
    switched = mine.post(address, typed, follow=True)
    assert switched.redirect_chain[-1] == (address, 302)
    html = switched.content.decode()
    assert shows in html and not Booking.objects.exists()
    assert all(words in html for words in ("演示居民07", "演示支部01", "需要投影仪"))
    assert "需要投影仪" not in mine.get(address).content.decode(), "given back once"


def test_what_was_typed_outlives_the_session(client: Client, check_url: str, resident: User) -> None:
    address = f"{check_url}?{urlencode(SLOT)}"
    refused = client.post(address, {**FORM, "note": "需要投影仪"})
    assert refused.status_code == 302 and "starts_at%3D2026-11-25T09" in refused.url  # type: ignore[attr-defined]
    client.force_login(resident)
    assert "需要投影仪" in client.get(address).content.decode()
    assert not Booking.objects.exists()


@pytest.mark.parametrize(("minutes", "is_shown"), [(4, True), (5, False), (20 * 60, False)])
def test_what_a_visitor_typed_is_shown_to_who_signs_in_within_minutes_alone(
    client: Client, check_url: str, neighbour: User, clock: TestClock, minutes: int, is_shown: bool
) -> None:
    address = f"{check_url}?{urlencode({**SLOT, 'starts_at': '2026-11-26T09:00', 'ends_at': '2026-11-26T11:00'})}"
    client.post(address, {**FORM, "name": "演示居民01", "note": "需要投影仪"})
    clock.advance(minutes=minutes)
    client.force_login(neighbour)
    page = client.get(address)
    assert page.status_code == 200
    shown = page.content.decode()
    assert ("演示居民01" in shown, "需要投影仪" in shown) == (is_shown, is_shown)


def test_what_was_typed_at_one_room_is_not_shown_at_another(client: Client, city: Center, space: Space) -> None:
    urls = [
        f"{reverse('bookings:booking_create', args=[room.pk])}?{urlencode(SLOT)}"
        for room in (space, make_space(space.center, "三楼活动室"))
    ]
    client.post(urls[0], {**FORM, "note": "需要投影仪"})
    client.force_login(make_booker(7))
    assert "需要投影仪" not in client.get(urls[1]).content.decode()
