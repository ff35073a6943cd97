"""What a client says beside what it means is refused by name, never left out.

The list would be wider than it thinks.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils.http import urlencode
from drf_spectacular.generators import SchemaGenerator

from accounts.models import User
from bookings.models import Space
from common.api.throttling import SignedIn
from tests.api.asking import BOOKINGS, assert_problem, furnish, wish
from tests.factories.bookings import book, make_space
from tests.support.cast import Cast

SPACES = "/api/v1/spaces/"


def parameters() -> Iterator[tuple[str, str, str]]:
    """The lists of the API: address, a name that the query takes, and its type."""
    for path, methods in SchemaGenerator().get_schema(request=None, public=True)["paths"].items():
        if "{" in path or "get" not in methods or "schema" in path:
            continue
        for one in methods["get"].get("parameters", []):
            if one["in"] == "query":
                yield path, one["name"], one["schema"].get("type", "")


def refused(client: Any, path: str, name: str, value: str) -> None:
    problem = assert_problem(client.get(f"{path}?{urlencode({name: value})}"), 400, "invalid")
    assert [error["field"] for error in problem["errors"]] == [name], (path, name, value)


def test_a_parameter_without_sense_is_refused_by_its_name(
    cast: Cast, resident: User, api: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SignedIn, "rate", "100000/min", raising=False)
    client, kinds = api(resident), set()
    for path, name, kind in parameters():
        kinds.add(kind)
        refused(client, path, name, "")
        if kind in ("boolean", "integer", "number"):
            refused(client, path, name, "null")
            refused(client, path, name, "x")
        if name == "ordering":
            refused(client, path, name, "secret")
        if kind == "boolean":
            for word in ("1", "0", "true", "no", "ON", "False"):
                assert client.get(f"{path}?{name}={word}").status_code == 200, word
    assert kinds >= {"boolean", "integer", "string"}


def test_yes_in_any_word_means_ones_own(
    cast: Cast, space: Space, resident: User, rival: User, api: Callable[..., Any]
) -> None:
    own = book(resident, make_space(cast.center, "三楼"), 9, 10)
    book(rival, space, 9, 10)
    staff = api(cast["staff"])

    def found(word: str) -> int:
        return int(staff.get(f"{BOOKINGS}?mine={word}").json()["count"])

    assert [found(word) for word in ("1", "true", "yes", "on", "True")] == [0] * 5
    assert [found(word) for word in ("0", "false", "no", "off", "False")] == [2] * 5
    assert [row["reference"] for row in api(resident).get(f"{BOOKINGS}?mine=1").json()["results"]] == [own.reference]


def test_the_next_page_is_there_though_rows_went_meanwhile(cast: Cast, api: Callable[..., Any]) -> None:
    furnish(cast.center, 3)
    following = api().get(f"{SPACES}?page_size=2").json()["next"]
    Space.objects.filter(center=cast.center).update(is_active=False)
    behind = api().get(following).json()
    assert (behind["results"], behind["next"]) == ([], None)


def test_sorted_by_making_nothing_is_missed_or_told_twice(
    cast: Cast, space: Space, resident: User, rival: User, api: Callable[..., Any]
) -> None:
    made = [book(resident, space, hour, hour + 1).reference for hour in (12, 10, 8)]
    client, url, seen = api(cast["staff"]), f"{BOOKINGS}?ordering=created_at&page_size=2", []
    while url:
        page = client.get(url).json()
        seen += [row["reference"] for row in page["results"]]
        if len(seen) == 2:
            made.append(book(rival, space, 15, 16).reference)
        url = page["next"]
    assert seen == made


@pytest.mark.parametrize("half", ["\ud83d", "a\udc00b"])
def test_half_a_character_is_refused_at_its_field(
    space: Space, resident: User, half: str, api: Callable[..., Any]
) -> None:
    client = api(resident)
    for field, body in (
        ("purpose", wish(space, purpose=half)),
        ("starts_at", wish(space, starts_at=half)),
        ("contact.name", wish(space, contact={"name": half})),
        ("contact.note", wish(space, contact={"name": "演示居民01", "note": f"好{half}"})),
    ):
        problem = assert_problem(client.send(BOOKINGS, body), 400, "invalid")
        assert [error["field"] for error in problem["errors"]] == [field]


@pytest.mark.parametrize("name", ["starts_at", "ends_at"])
@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_the_first_and_last_hours_there_are_are_refused(
    space: Space, resident: User, name: str, moment: str, api: Callable[..., Any]
) -> None:
    problem = assert_problem(api(resident).send(BOOKINGS, wish(space, **{name: moment})), 400, "invalid")
    assert [error["field"] for error in problem["errors"]] == [name]
