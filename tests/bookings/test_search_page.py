"""The page of a search: defaults, errors in words, fragments, filters, pages, limits."""

import html
import secrets
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from bookings.choices import Equipment
from bookings.models import BookingPolicy, Space
from bookings.values.slot_request import SlotRequest
from centers.models import Center
from common import clock as portal_clock
from tests.factories.bookings import book, make_policy, make_space, open_daily
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

pytestmark = pytest.mark.django_db

TOMORROW_MORNING = {"day": "2026-11-25", "start": "09:00", "end": "11:00", "headcount": "10"}


def search(client: Client, headers: dict[str, str] | None = None, **changes: Any) -> Any:
    return client.get("/search/", {**TOMORROW_MORNING, **changes}, headers={"Accept-Language": "en", **(headers or {})})


def names(response: Any) -> list[str]:
    return [result.room.name for result in response.context["page"]]


def test_the_title_says_when_and_how_many(client: Client, space: Space) -> None:
    response = search(client)
    assert response.status_code == 200
    assert response.context["title"] == "Tomorrow 9:00–11:00: 1 room free"
    assert (
        f"/spaces/{space.pk}/?starts_at=2026-11-25T09:00&amp;ends_at=2026-11-25T11:00&amp;headcount=10"
        in response.content.decode()
    )


def time_of(request: SlotRequest) -> str:
    """The slot looked for, on a Shanghai clock."""
    start, end = portal_clock.local(request.starts_at), portal_clock.local(request.ends_at)
    return f"{start:%m-%d %H:%M} {end:%H:%M}"


def test_without_an_address_two_hours_from_the_next_full_hour(client: Client, space: Space) -> None:
    response = client.get("/search/")
    request = response.context["criteria"].request
    assert f"{time_of(request)} {request.headcount}" == "11-24 11:00 13:00 10"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ({"start": "19:00"}, "11-24 19:00 21:00"),
        ({"start": "9:00"}, "11-25 09:00 11:00"),
        ({"day": "2026-11-28"}, "11-28 09:00 11:00"),
        ({"start": "23:00"}, "11-24 23:00 00:00"),
        ({"day": "2026-11-28", "end": "12:00", "headcount": " "}, "11-28 09:00 12:00"),
    ],
)
def test_what_is_left_out_is_guessed_with_sense(client: Client, space: Space, said: dict[str, str], meant: str) -> None:
    assert time_of(client.get("/search/", said).context["criteria"].request) == meant


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("day", {"day": "2026-11-23"}),
        ("day", {"day": "2026-02-30"}),
        ("day", {"day": "9999-12-31"}),
        ("start", {"day": "2026-11-24", "start": "10:00"}),
        ("start", {"start": "9:15"}),
        ("start", {"start": "25:00"}),
        ("end", {"end": "09:00"}),
        ("headcount", {"headcount": "0"}),
        ("headcount", {"headcount": "many"}),
        ("near", {"near": "000"}),
    ],
)
def test_nonsense_is_said_at_its_field_and_kept(
    client: Client, space: Space, field: str, changes: dict[str, str]
) -> None:
    response = search(client, **changes)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    page = response.content.decode()
    assert 'class="error-summary"' in page
    assert '<details class="search-edit space-above-small" open>' in page
    if field != "near":
        assert f'value="{changes[field]}"' in page
    assert "criteria" not in response.context


def test_unknown_filters_are_as_if_absent(client: Client, space: Space) -> None:
    assert names(search(client, equipment="x", confirm="'", area="", page="no")) == [space.name]


def test_filters_with_counts(client: Client, space: Space, village: Center) -> None:
    make_space(village, "甲", equipment=[Equipment.PROJECTOR])
    response = search(client, equipment="projector")
    assert names(response) == ["甲"]
    counts = {
        choice.value: (choice.count, choice.is_chosen)
        for group in response.context["filters"]
        for choice in group["choices"]
    }
    assert counts == {"instant": (1, False), "projector": (1, True), "activity": (1, False)}


def test_nothing_free_says_why_and_what_else(client: Client, space: Space, resident: User) -> None:
    book(resident, space, 9, 11)
    response = search(client)
    page = response.content.decode()
    assert response.context["title"] == "Tomorrow 9:00–11:00: no room free"
    assert "1 is already booked" in page
    assert len(response.context["alternatives"]) == 3


def test_advice_is_only_what_can_help(client: Client, space: Space, resident: User, city: Center) -> None:
    def advice(**asked: str) -> str:
        response = search(client, **asked)
        page = html.unescape(response.content.decode())
        assert response.context["advice"] in page
        assert "1 room doesn't fit:" in page
        assert "other room" not in page
        return (
            str(response.context["advice"])
            .removeprefix("All centers were searched. Try ")
            .removesuffix(", or one of the ways below.")
        )

    make_policy(city, longest_minutes=120, notice_workdays=0)
    assert advice(headcount="31") == "fewer people or two rooms."
    assert advice(day="2027-03-01") == "a nearer day."
    assert advice(start="09:00", end="13:00") == "a shorter time."
    assert advice(start="06:00", end="07:00") == "another time"
    book(resident, space, 9, 11)
    assert advice() == "another time"
    BookingPolicy.objects.update(notice_workdays=2)
    assert advice().rstrip(".") == "a later day"


def test_the_two_ways_for_most_rooms_are_named_and_none_without_rooms(
    client: Client, village: Center, city: Center
) -> None:
    assert search(client).context["advice"] == "All centers were searched."
    for number, capacity in enumerate((5, 5, 30)):
        make_space(village, f"房间{number}", capacity=capacity)
    make_policy(city, longest_minutes=60)
    ways = "Try fewer people or two rooms, or a shorter time"
    assert ways in search(client).context["advice"]


def test_nothing_passes_the_filters(client: Client, space: Space) -> None:
    page = search(client, area="oath").content.decode()
    assert (
        "1 room is free, but doesn&#x27;t pass the filters." in page
        or "1 room is free, but doesn't pass the filters." in page
    )


def test_staff_confirm_within(client: Client, space: Space) -> None:
    make_policy(space, confirm_mode="staff", decide_workdays=2)
    assert "Needs approval, within 2 working days" in search(client).content.decode()


def test_near_says_why_and_used_before(client: Client, space: Space, resident: User, clock: TestClock) -> None:
    make_space(Center.objects.get(code="330482002010"), "远处")
    book(resident, space, 9, 10)
    clock.advance(days=2)
    client.force_login(resident)
    page = search(client, day="2026-11-28", near="330482001002").content.decode()
    assert "Same town · Used before" in page
    assert "In Zhongdai Subdistrict" in page


def test_a_year_unpublished_is_said(client: Client, space: Space, city: Center) -> None:
    make_policy(city, horizon_days=366)
    assert "The public holidays of 2027" in search(client, day="2027-03-01").content.decode()


def test_htmx_gets_the_fragment_of_the_same_address(client: Client, space: Space) -> None:
    page = search(client)
    fragment = search(client, headers={"HX-Request": "true"})
    assert "<html" in page.content.decode()
    assert "<html" not in fragment.content.decode()
    assert '<div id="found">' in fragment.content.decode()
    assert "HX-Request" in fragment["Vary"]


def test_pages_of_twenty_keep_the_conditions(client: Client, space: Space, village: Center) -> None:
    for number in range(25):
        make_space(village, f"室{number}")
    response = search(client, page="2")
    assert len(names(response)) == 6
    assert (
        'rel="prev" href="?day=2026-11-25&amp;start=09%3A00&amp;end=11%3A00&amp;headcount=10&amp;page=1"'
        in response.content.decode()
    )


def test_too_many_searches_of_one_address(client: Client, space: Space, settings: Any) -> None:
    settings.SEARCH_RATE = "2/m"
    # An address of this run alone: the count of the run before may still stand.
    client.defaults["REMOTE_ADDR"] = ".".join(str(part) for part in (10, *secrets.token_bytes(3)))
    assert [search(client).status_code for _ in range(3)] == [200, 200, 429]
    answer = search(client, headers={"HX-Request": "true"})
    assert answer.status_code == 429
    assert answer["HX-Redirect"].startswith("/search/?day=2026-11-25")


def test_without_the_cache_people_can_still_search(
    client: Client, space: Space, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.cache import caches
    from redis.exceptions import ConnectionError as GoneError

    def gone(*_args: Any, **_kwargs: Any) -> None:
        raise GoneError

    settings.SEARCH_RATE = "1/m"
    monkeypatch.setattr(caches["volatile"]._cache, "add", gone)
    assert [search(client).status_code for _ in range(3)] == [200, 200, 200]


def test_queries_stay_the_same(client: Client, space: Space, village: Center) -> None:
    centers = list(Center.objects.filter(level="village"))

    def grow(count: int) -> None:
        for number in range(count):
            make_space(centers[number], f"室{Space.objects.count()}")
        search(client, near=village.code)  # what is kept between searches is known again

    assert_constant_queries(grow, lambda: search(client, near=village.code))


def test_in_elder_mode_a_center_is_one_card_and_five_are_a_page(client: Client, clock: TestClock) -> None:
    centers = list(Center.objects.public().order_by("order")[:7])
    open_daily(centers[0])
    rooms = [make_space(center, name=f"室{n}") for center in centers for n in range(3)]
    assert len(search(client).context["page"].object_list) == 20
    client.cookies["elder"] = "1"
    response = search(client)
    page = response.context["page"]
    assert [(one.room.id, one.others) for one in page] == [(room.pk, 2) for room in rooms[:15:3]]
    assert page.paginator.count == 7 and page.has_next()
    assert f'href="{centers[0].get_absolute_url()}#rooms"' in response.content.decode()
