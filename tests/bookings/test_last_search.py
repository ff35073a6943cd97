"""The last search is remembered.

The way back to its results, and the place and people that the next one begins with.
"""

import datetime as dt
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from bookings.models import Space
from centers.models import Center
from tests.support.time import TestClock

SEARCH, HOME = reverse("bookings:space_search"), reverse("pages:home")
WANTED = {"day": "2026-11-25", "start": "09:00", "end": "11:00", "headcount": "20", "equipment": "projector"}


@pytest.fixture
def wanted(village: Center) -> dict[str, str]:
    return {**WANTED, "near": village.code}


def crumb(client: Client, space: Space) -> dict[str, str]:
    """What the first crumb of a space's page looks for."""
    page = client.get(space.get_absolute_url()).content.decode()
    address = page.partition('class="breadcrumb"')[2].partition('href="')[2].partition('"')[0].replace("&amp;", "&")
    assert urlsplit(address).path == SEARCH
    return dict(parse_qsl(urlsplit(address).query))


def test_the_way_back_from_a_room_leads_to_the_results(client: Client, space: Space, wanted: dict[str, str]) -> None:
    assert crumb(client, space) == {}
    client.get(SEARCH, wanted)
    assert crumb(client, space) == wanted


def test_a_day_that_is_past_is_not_looked_for_again(
    client: Client, space: Space, wanted: dict[str, str], clock: TestClock
) -> None:
    client.get(SEARCH, wanted)
    clock.advance(days=2)
    assert crumb(client, space) == {"near": wanted["near"], "headcount": "20"}


def test_the_next_search_begins_with_place_and_people(
    client: Client, space: Space, village: Center, wanted: dict[str, str]
) -> None:
    assert client.get(SEARCH).status_code == 200
    client.get(SEARCH, wanted)
    again = client.get(SEARCH)
    assert (again.status_code, dict(parse_qsl(urlsplit(again["Location"]).query))) == (
        302,
        {"near": village.code, "headcount": "20"},
    )
    form = client.get(HOME).context["form"]
    assert (form["near"].value(), form["headcount"].value()) == (village.code, "20")
    other = client.get(HOME, {"near": "330482"}).context["form"]
    assert (other["near"].value(), other["headcount"].value()) == ("330482", "20")


@pytest.mark.parametrize(
    "kept",
    [
        "near=nowhere&headcount=many",
        "headcount=0",
        "headcount=99999999",
        "near",
        "%ff&&==",
        "x" * 5000,
        "&".join(["a=1"] * 60),
    ],
)
def test_nonsense_in_the_cookie_is_as_nothing(client: Client, space: Space, kept: str) -> None:
    client.cookies["search"] = kept
    for url in (SEARCH, HOME, space.get_absolute_url()):
        assert client.get(url).status_code == 200, url


def test_what_makes_no_sense_is_not_remembered_and_nothing_says_who_asked(
    client: Client, wanted: dict[str, str]
) -> None:
    client.get(SEARCH, {**wanted, "headcount": "many"})
    assert "search" not in client.cookies
    client.get(SEARCH, {**wanted, "name": "演示居民01"})
    cookie = client.cookies["search"]
    assert dict(parse_qsl(cookie.value)) == wanted
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert int(cookie["max-age"]) == dt.timedelta(days=180).total_seconds()


def test_choosing_a_room_lands_where_it_is_booked(client: Client, space: Space, wanted: dict[str, str]) -> None:
    page = client.get(SEARCH, {**wanted, "equipment": ""}).content.decode()
    slot = urlencode({"starts_at": "2026-11-25T09:00", "ends_at": "2026-11-25T11:00", "headcount": 20}, safe=":")
    assert f'class="btn full-width-phone" href="{space.get_absolute_url()}?{slot.replace("&", "&amp;")}#book"' in page
