"""Whatever stands in an address or a body, nothing fails.

Each parameter of each operation meets every kind of nonsense once.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils.http import urlencode
from drf_spectacular.generators import SchemaGenerator

from accounts.models import User
from bookings.models import Booking, Space
from common.api.throttling import Anonymous, SignedIn
from tests.api.asking import BOOKINGS, PARTICIPANTS, SIGN_UPS, wish
from tests.factories.activities import make_activity
from tests.factories.bookings import book
from tests.support.cast import Cast

NONSENSE = (
    "",
    "\0",
    "x" * 3000,
    "-1",
    "9" * 40,
    "0001-01-01",
    "0001-01-01T00:00",
    "9999-12-31T23:59:59Z",
    "NaN",
    "[]",
    "{}",
    "中\U00020000",
    "%",
    "' OR 1=1 --",
)
BODIES = (
    None,
    "",
    "\0",
    [],
    {},
    True,
    -1,
    10**40,
    1e308,
    "0001-01-01T00:00:00+14:00",
    "0001-01-01T00:00",
    "9999-12-31T23:59:59-14:00",
    "中\U00020000" * 500,
)

# No text at all: refused before anybody asks which booking is meant, as brackets that don't close are.
HALVES = ("\ud83d", ["\ud83d"], {"x": "\ud83d"})

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    for throttle in (Anonymous, SignedIn):
        monkeypatch.setattr(throttle, "rate", "100000/min", raising=False)


def reads(space: Space, booking: Booking) -> Iterator[tuple[str, list[str]]]:
    """The addresses that can be read, each with the names it takes in its query."""
    places = {"{id}": str(space.pk), "{reference}": booking.reference, "{code}": space.center.code}
    for path, methods in SchemaGenerator().get_schema(request=None, public=True)["paths"].items():
        if "get" in methods:
            address = re.sub(r"{\w+}", lambda place: places[place[0]], path)
            yield address, [one["name"] for one in methods["get"].get("parameters", []) if one["in"] == "query"]


def test_no_query_makes_it_fail(cast: Cast, space: Space, resident: User, api: Callable[..., Any]) -> None:
    client = api(resident)
    client.raise_request_exception = False
    failed = []
    for path, names in reads(space, book(resident, space)):
        for name in names:
            for value in NONSENSE:
                response = client.get(f"{path}?{urlencode({name: value})}")
                if response.status_code not in (200, 400, 404):
                    failed.append((response.status_code, path, name, value[:40]))
    assert not failed


def test_no_body_makes_it_fail(cast: Cast, space: Space, resident: User, api: Callable[..., Any]) -> None:
    client = api(resident)
    client.raise_request_exception = False
    whole = wish(space)
    asked: list[tuple[str, Any]] = [(name, {**whole, name: value}) for name in whole for value in (*BODIES, *HALVES)]
    asked += [
        (f"contact.{name}", {**whole, "contact": {"name": "演示居民01", name: value}})
        for name in ("name", "phone", "note")
        for value in BODIES
    ]
    answers = [(client.send(BOOKINGS, body), name, body) for name, body in asked]
    assert not [
        (answer.status_code, name, str(body)[:200])
        for answer, name, body in answers
        if answer.status_code not in (201, 400, 409)
    ]
    for verb in ("cancel", "release", "approve", "reject"):
        for value in HALVES:
            assert client.send(f"{BOOKINGS}2222222222/{verb}/", {"reason": value}).status_code == 400
        for value in BODIES:
            assert client.send(f"{BOOKINGS}2222222222/{verb}/", {"reason": value}).status_code == 404
            assert client.send(
                f"{BOOKINGS}{Booking.objects.latest('id').reference}/{verb}/", {"reason": value}
            ).status_code in (
                200,
                400,
                403,
                409,
            )


def test_no_body_makes_signing_up_fail(cast: Cast, resident: User, api: Callable[..., Any]) -> None:
    client = api(resident)
    client.raise_request_exception = False
    person = {"name": "演示居民01", "relation": "self", "birth_date": "1990-01-01", "phone": ""}
    known = client.send(PARTICIPANTS, person).json()["id"]
    one = {"participant": known, "guardian_consent": True, "photo_consent": False, "is_another_person": False}
    whole = {"activity": make_activity(cast.center).reference, "people": [one]}
    asked: list[tuple[str, Any]] = [
        *((SIGN_UPS, {**whole, name: value}) for name in whole for value in (*BODIES, *HALVES)),
        *((SIGN_UPS, {**whole, "people": [{**one, name: value}]}) for name in one for value in (*BODIES, *HALVES)),
        *((PARTICIPANTS, {**person, name: value}) for name in person for value in (*BODIES, *HALVES)),
        *((path, value) for path in (SIGN_UPS, PARTICIPANTS) for value in (*BODIES, *HALVES[1:])),
    ]
    answers = [(client.send(path, body), path, body) for path, body in asked]
    assert not [
        (answer.status_code, path, str(body)[:200])
        for answer, path, body in answers
        if answer.status_code not in (201, 400, 409)
    ]
