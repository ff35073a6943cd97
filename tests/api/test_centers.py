"""Centers: public, in the register's order."""

from collections.abc import Callable
from typing import Any

from django.utils.http import urlencode

from centers.models import Center
from tests.api.asking import assert_problem
from tests.support.cast import EVERYBODY, Cast
from tests.support.queries import assert_constant_queries

CENTERS = "/api/v1/centers/"


def test_everybody_may_read_them(cast: Cast, api: Callable[..., Any]) -> None:
    for role in EVERYBODY:
        assert api(cast[role]).get(CENTERS).status_code == 200


def test_one_center_says_where_it_stands_and_whether_it_is_open(cast: Cast, api: Callable[..., Any]) -> None:
    body = api().get(f"{CENTERS}{cast.center.code}/").json()
    assert (body["code"], body["parent"]) == (cast.center.code, cast.town.code)
    assert (body["name"], body["name_en"]) == (cast.center.name, "Shuidongdai Community Party-Mass Service Center")
    assert body["open_state"]["is_open"] and body["open_state"]["until"] == "2026-11-24T21:00:00+08:00"


def test_they_come_in_pages_without_gap_or_repetition(cast: Cast, api: Callable[..., Any]) -> None:
    client, seen, url = api(), [], f"{CENTERS}?page_size=50&ordering=name"
    while url:
        page = client.get(url).json()
        seen += [row["code"] for row in page["results"]]
        url = page["next"]
    assert len(seen) == len(set(seen)) == page["count"] == Center.objects.public().count()


def test_they_are_narrowed_by_words_branch_and_level(cast: Cast, api: Callable[..., Any]) -> None:
    def codes(**query: str) -> set[str]:
        return {
            row["code"] for row in api().get(f"{CENTERS}?{urlencode({**query, 'page_size': 100})}").json()["results"]
        }

    assert codes(q=cast.center.name[:3]) >= {cast.center.code}
    assert codes(q=cast.center.name_en.lower()) == {cast.center.code}
    assert {cast.town.code, cast.center.code, cast.sibling.code} <= codes(under=cast.town.code)
    assert cast.other_town.code not in codes(under=cast.town.code)
    assert codes(level=cast.city.level_id) == {cast.city.code}


def test_an_unknown_center_is_not_found(cast: Cast, api: Callable[..., Any]) -> None:
    for code in ("000000", "%00", "x" * 400):
        assert_problem(api().get(f"{CENTERS}{code}/"), 404, "not_found")
    assert_problem(api().get(f"{CENTERS}?under=000000"), 400, "invalid")
    behind = api().get(f"{CENTERS}?page=9999")
    assert (behind.status_code, behind.json()["results"], behind.json()["next"]) == (200, [], None)


def test_queries_do_not_grow_with_the_rows(cast: Cast, api: Callable[..., Any]) -> None:
    client, shown = api(), {"rows": 0}

    def grow(more: int) -> None:
        shown["rows"] += more

    assert_constant_queries(grow, lambda: client.get(f"{CENTERS}?page_size={shown['rows']}"))
