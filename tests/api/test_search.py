"""Free spaces of all centers at one time: the page's search."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation

from accounts.models import User
from bookings.forms.search import SearchForm
from bookings.models import Space
from centers.selectors.near_choices import NearChoices
from tests.api.asking import assert_problem, furnish
from tests.factories.bookings import book, make_policy, make_space, slot
from tests.support.cast import EVERYBODY, Cast
from tests.support.queries import assert_constant_queries

TOMORROW_MORNING = "/api/v1/availability/?day=2026-11-25&start=09:00&end=10:00&headcount=20"


def test_everybody_finds_the_nearest_first(cast: Cast, space: Space, api: Callable[..., Any]) -> None:
    beside, far = make_space(cast.sibling), make_space(cast.other_town)
    for role in EVERYBODY:
        body = api(cast[role]).get(f"{TOMORROW_MORNING}&near={cast.sibling.code}").json()
        assert [row["space"] for row in body["results"]] == [beside.pk, space.pk, far.pk]
        assert (body["starts_at"], body["ends_at"]) == tuple(moment.isoformat() for moment in slot(9, 10))


def test_what_is_taken_or_too_small_is_counted_and_other_ways_are_shown(
    cast: Cast, space: Space, resident: User, api: Callable[..., Any]
) -> None:
    make_space(cast.sibling, capacity=10)
    book(resident, space, 9, 10)
    body = api().get(TOMORROW_MORNING).json()
    assert body["count"] == 0
    assert {row["reason"]: row["count"] for row in body["excluded"]} == {"slot_taken": 1, "over_capacity": 1}
    assert body["alternatives"] and all(way["space"] == space.pk for way in body["alternatives"])
    assert all(way["url"].startswith("http://testserver/spaces/") for way in body["alternatives"])


def test_filters_and_pages(cast: Cast, space: Space, api: Callable[..., Any]) -> None:
    asked = make_space(cast.sibling, equipment=["projector"])
    make_policy(asked, confirm_mode="staff")
    client = api()
    for query in ("confirm=staff", "equipment=projector"):
        assert [row["space"] for row in client.get(f"{TOMORROW_MORNING}&{query}").json()["results"]] == [asked.pk]
    page = client.get(f"{TOMORROW_MORNING}&page_size=1").json()
    assert page["count"] == 2 and len(page["results"]) == 1 and client.get(page["next"]).json()["next"] is None


def test_what_is_left_out_takes_what_most_people_look_for(space: Space, api: Callable[..., Any]) -> None:
    body = api().get("/api/v1/availability/").json()
    assert body["starts_at"] == "2026-11-24T11:00:00+08:00" and [row["space"] for row in body["results"]] == [space.pk]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("day", "2026-11-23"),
        ("day", "x"),
        ("day", "9999-12-31"),
        ("start", "09:10"),
        ("end", "08:00"),
        ("headcount", "0"),
        ("near", "000000"),
        ("headcount", "x"),
    ],
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_is_wrong_is_said_in_the_words_of_the_page(
    name: str, value: str, language: str, space: Space, api: Callable[..., Any]
) -> None:
    from django.http import QueryDict

    query = QueryDict(TOMORROW_MORNING.partition("?")[2], mutable=True)
    query[name] = value
    body = assert_problem(api(language=language).get(f"/api/v1/availability/?{query.urlencode()}"), 400, "invalid")
    with translation.override(language):
        page = SearchForm(query, NearChoices())
        assert {error["field"]: error["detail"] for error in body["errors"]} == {
            field: words[0] for field, words in page.errors.items()
        }


@pytest.mark.parametrize("query", ["confirm=maybe", "equipment=sauna", "area=moon"])
def test_a_filter_that_there_is_not_is_said(query: str, space: Space, api: Callable[..., Any]) -> None:
    body = assert_problem(api().get(f"{TOMORROW_MORNING}&{query}"), 400, "invalid")
    assert body["errors"][0]["field"] == query.partition("=")[0]


def test_queries_do_not_grow_with_the_rows(cast: Cast, api: Callable[..., Any]) -> None:
    client = api()

    def grow(more: int) -> None:
        furnish(cast.center, more)
        # What stands between searches is read anew after a change, once.
        client.get(TOMORROW_MORNING)

    assert_constant_queries(grow, lambda: client.get(TOMORROW_MORNING))
