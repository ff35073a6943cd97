"""Requests as clients of the API write them."""

from typing import Any

from bookings.models import Space
from centers.models import Center
from tests.factories.bookings import make_space, slot

BOOKINGS = "/api/v1/bookings/"
ACTIVITIES = "/api/v1/activities/"
SIGN_UPS = "/api/v1/sign-ups/"
PARTICIPANTS = "/api/v1/participants/"


def wish(room: Space | int, start: float = 9, end: float = 10, **changes: Any) -> dict[str, Any]:
    """The body of a request to book, tomorrow from `start` to `end` o'clock."""
    begins, ends = slot(start, end)
    return {
        "space": room if isinstance(room, int) else room.pk,
        "starts_at": begins.isoformat(),
        "ends_at": ends.isoformat(),
        "headcount": 5,
        "purpose": "training",
        "contact": {"name": "演示居民01"},
        **changes,
    }


def assert_problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """It is a problem by RFC 9457, of that status and code. Returns its members."""
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"].startswith("application/problem+json")
    body: dict[str, Any] = response.json()
    assert (body["status"], body["code"], body["type"]) == (status, code, "about:blank")
    assert body["title"] and body["detail"]
    return body


def furnish(center: Center, rooms: int) -> None:
    """So many more rooms at a center."""
    for number in range(Space.objects.count(), Space.objects.count() + rooms):
        make_space(center, f"房间{number}")
