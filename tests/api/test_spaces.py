"""Spaces and their free time: public."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from bookings.models import Space
from centers.choices import CenterStatus
from centers.services.tree import move_center
from tests.api.asking import assert_problem, furnish
from tests.factories.bookings import TODAY, TOMORROW, book, make_policy, make_space, slot
from tests.support.cast import EVERYBODY, Cast
from tests.support.queries import assert_constant_queries

SPACES = "/api/v1/spaces/"


def ids(client: Any, query: str = "") -> list[int]:
    return [row["id"] for row in client.get(f"{SPACES}?{query}").json()["results"]]


def test_everybody_may_read_them(cast: Cast, space: Space, api: Callable[..., Any]) -> None:
    for role in EVERYBODY:
        client = api(cast[role])
        assert ids(client) == [space.pk]
        assert client.get(f"{SPACES}{space.pk}/").json()["center"] == cast.center.code
        assert client.get(f"{SPACES}{space.pk}/availability/").status_code == 200


def test_names_are_told_in_both_languages(cast: Cast, space: Space, api: Callable[..., Any]) -> None:
    Space.objects.filter(pk=space.pk).update(name_en="East Hall")
    names = {
        "name": space.name,
        "name_en": "East Hall",
        "center_name": cast.center.name,
        "center_name_en": cast.center.name_en,
    }
    free = {"day": "2026-11-25", "start": "09:00", "end": "10:00", "headcount": 2}
    answers = [api().get(f"{SPACES}{space.pk}/").json(), api().get("/api/v1/availability/", free).json()["results"][0]]
    assert [{key: answer[key] for key in names} for answer in answers] == [names, names]


def test_they_are_narrowed_and_sorted(cast: Cast, space: Space, api: Callable[..., Any]) -> None:
    large = make_space(cast.town, "大礼堂", capacity=200, equipment=["projector", "audio"], area_kind="deliberation")
    client = api()
    assert (
        ids(client, f"center={cast.town.code}")
        == ids(client, "min_capacity=31")
        == ids(client, "area=deliberation")
        == [large.pk]
    )
    assert (
        ids(client, "equipment=projector&equipment=audio") == [large.pk]
        and ids(client, "equipment=projector&equipment=screen") == []
    )
    assert ids(client, "ordering=capacity") == [space.pk, large.pk] and ids(client, "ordering=-capacity") == [
        large.pk,
        space.pk,
    ]


@pytest.mark.parametrize("query", ["equipment=sauna", "area=moon", "min_capacity=many", "min_capacity=-1"])
def test_a_filter_that_there_is_not_is_said(query: str, space: Space, api: Callable[..., Any]) -> None:
    body = assert_problem(api().get(f"{SPACES}?{query}"), 400, "invalid")
    assert body["errors"][0]["field"] == query.partition("=")[0]


def test_out_of_use_and_closed_are_as_if_they_were_not(cast: Cast, space: Space, api: Callable[..., Any]) -> None:
    idle = make_space(cast.center, "停用", is_active=False)
    gone = make_space(cast.sibling, "已撤")
    cast.sibling.status = CenterStatus.CLOSED
    cast.sibling.save()
    for role in EVERYBODY:
        client = api(cast[role])
        assert ids(client) == [space.pk]
        for hidden in (idle.pk, gone.pk, 10**30, "x", 0):
            assert_problem(client.get(f"{SPACES}{hidden}/"), 404, "not_found")
            assert_problem(client.get(f"{SPACES}{hidden}/availability/"), 404, "not_found")


def test_a_day_is_open_free_and_taken(space: Space, resident: User, api: Callable[..., Any]) -> None:
    book(resident, space, 9, 10)
    body = api().get(f"{SPACES}{space.pk}/availability/?first=2026-11-25&last=2026-11-25").json()
    [day] = body["days"]

    def told(start: float, end: float) -> dict[str, str]:
        return dict(zip(("start", "end"), (moment.isoformat() for moment in slot(start, end)), strict=True))

    assert (day["longest_minutes"], day["turnaround_minutes"], day["confirm_mode"]) == (240, 30, "instant")
    assert (day["day"], day["kind"], day["year_unpublished"]) == ("2026-11-25", "wed", False)
    assert day["open"] == [told(8, 21)] and day["taken"] == [told(9, 10.5)]
    assert day["free"] == [told(8, 8.5), told(10.5, 21)]


def test_each_day_tells_the_policy_that_holds_then(cast: Cast, space: Space, api: Callable[..., Any]) -> None:
    """The center moves tomorrow to a town with other rules."""
    make_policy(cast.other_town, longest_minutes=60, turnaround_minutes=90, confirm_mode="staff")
    move_center(actor=None, center=cast.center, new_parent=cast.other_town, on=TOMORROW)
    days = api().get(f"{SPACES}{space.pk}/availability/?first={TODAY}&last={TOMORROW}").json()["days"]
    names = ("longest_minutes", "turnaround_minutes", "confirm_mode")
    assert [tuple(day[name] for name in names) for day in days] == [(240, 30, "instant"), (60, 90, "staff")]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("first=2026-13-01", "first"),
        ("first=9999-12-31", "first"),
        ("first=0001-01-01", "first"),
        ("first=2026-11-25&last=2026-11-24", "last"),
        ("first=2026-11-25&last=2026-12-26", "last"),
        ("last=9999-12-31", "last"),
    ],
)
def test_days_that_cannot_be_looked_at(query: str, field: str, space: Space, api: Callable[..., Any]) -> None:
    body = assert_problem(api().get(f"{SPACES}{space.pk}/availability/?{query}"), 400, "invalid")
    assert [error["field"] for error in body["errors"]] == [field]


def test_queries_do_not_grow_with_the_rows(cast: Cast, resident: User, api: Callable[..., Any]) -> None:
    client = api()
    assert_constant_queries(lambda more: furnish(cast.center, more), lambda: client.get(f"{SPACES}?page_size=100"))


def test_free_time_asks_as_often_for_a_month_as_for_two_days(
    space: Space, resident: User, api: Callable[..., Any]
) -> None:
    client, days = api(), {"count": 0}
    book(resident, space)

    def grow(more: int) -> None:
        days["count"] += more

    def ask() -> Any:
        return client.get(f"{SPACES}{space.pk}/availability/?first=2026-11-25&last=2026-12-{days['count']:02d}")

    assert_constant_queries(grow, ask)
