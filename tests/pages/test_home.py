"""The home page and the fixed pages: what is shown comes from data, at a fixed price."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from bookings.models import Space
from centers.choices import CenterStatus
from centers.models import Center
from common import clock as portal_clock
from stats.selectors.baseline import baseline
from tests.factories.bookings import book, make_booker, make_space, open_daily
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

pytestmark = pytest.mark.django_db

VILLAGE = "330482001001"


@pytest.fixture
def city(db: None, clock: TestClock) -> Center:
    city = Center.objects.get(code="330482")
    open_daily(city)
    return city


@pytest.fixture
def space(city: Center) -> Space:
    return make_space(Center.objects.get(code=VILLAGE))


def home(client: Client, **query: str) -> Any:
    return client.get("/", query, headers={"Accept-Language": "en"})


def test_an_installation_without_rooms_and_hours(client: Client, clock: TestClock) -> None:
    response = home(client)
    assert response.status_code == 200
    assert response.context["free_rooms"] == []
    assert "Still free today" not in response.content.decode()


def test_the_form_offers_a_week_and_the_next_hours(client: Client, space: Space) -> None:
    response = home(client)
    assert [day.day for day in response.context["days"]] == [24, 25, 26, 27, 28, 29, 30]
    assert response.context["chosen"] == dt.date(2026, 11, 24)


def test_late_in_the_evening_tomorrow_is_chosen(client: Client, space: Space, clock: TestClock) -> None:
    clock.move_to(portal_clock.at(dt.date(2026, 11, 24), dt.time(21, 40)))
    response = home(client)
    assert response.context["chosen"] == dt.date(2026, 11, 25)
    assert [chip["label"] for chip in response.context["chips"]] == ["Saturday afternoon", "Sunday morning"]


def test_chips_lead_to_searches(client: Client, space: Space) -> None:
    chips = home(client, near=VILLAGE).context["chips"]
    assert [chip["url"] for chip in chips] == [
        f"/search/?day=2026-11-24&start=19%3A00&end=21%3A00&near={VILLAGE}",
        f"/search/?day=2026-11-28&start=14%3A00&end=16%3A00&near={VILLAGE}",
        f"/search/?day=2026-11-29&start=09%3A00&end=11%3A00&near={VILLAGE}",
    ]
    assert all(client.get(chip["url"]).status_code == 200 for chip in chips)


def test_near_centers_with_their_state(client: Client, space: Space) -> None:
    assert [item.center.code for item in home(client).context["near"]] == [
        "330482",
        "330482001",
        "330482002",
        "330482003",
    ]
    near = home(client, near=VILLAGE).context["near"]
    assert [item.center.code for item in near][:2] == [VILLAGE, "330482001"]
    assert near[0].state.is_open
    assert near[0].free_words == "1 room still free today"


def test_rooms_still_free_today(client: Client, space: Space, clock: TestClock) -> None:
    book(make_booker(), space, 14, 16, day=dt.date(2026, 11, 24))
    [room] = home(client).context["free_rooms"]
    assert room.words == "Free 10:30–13:30, 16:30–21:00"
    clock.move_to(portal_clock.at(dt.date(2026, 11, 24), dt.time(20, 20)))
    assert home(client).context["free_rooms"] == []


def test_counts_follow_the_register(client: Client, space: Space) -> None:
    before = home(client).context["network"]
    Center.objects.filter(code="330482002010").update(status=CenterStatus.CLOSED)
    after = home(client).context["network"]
    assert after.count == before.count - 1
    assert [level.count for level in after.levels] == [
        level.count - (level.level.code == "village") for level in before.levels
    ]


def test_bookings_made_this_month(client: Client, space: Space) -> None:
    book(make_booker(), space, 9, 10)
    assert home(client).context["booked"] == 1


def test_the_baseline_is_the_report_of_2020() -> None:
    assert [(total.count, total.person_times) for total in baseline()] == [
        (2431, 106_400),
        (509, 62_200),
        (1291, 233_100),
        (1723, 51_700),
        (1403, None),
    ]


def test_an_unknown_place_is_as_if_none_were_named(client: Client, space: Space) -> None:
    assert home(client, near="'--").context["near_choices"].chosen is None


@pytest.mark.parametrize("path", ["/", "/about/", "/privacy/", "/accessibility/", "/site-map/", "/healthz"])
def test_public_pages_answer_in_both_languages(client: Client, clock: TestClock, path: str) -> None:
    for language in ("zh-hans", "en"):
        assert client.get(path, headers={"Accept-Language": language}).status_code == 200
    assert client.post(path).status_code == 405


def test_queries_stay_the_same(client: Client, city: Center) -> None:
    centers = list(Center.objects.filter(level="village"))

    def grow(count: int) -> None:
        for number in range(count):
            make_space(centers[number], f"室{Space.objects.count()}")
        home(client, near=VILLAGE)  # what is kept between searches is known again

    assert_constant_queries(grow, lambda: home(client, near=VILLAGE))
