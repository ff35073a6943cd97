"""Twenty people and eight slots over HTTP, against a portal of several processes: pages and API."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from bookings.models import Booking, Occupancy, Space
from tests.support.http import Answer, PortalClient
from tests.support.live import ahead, live_resident, live_space, slot_fields
from tests.support.server import PortalServer

RIVALS, SLOTS = 20, 8
STARTS = [ahead(2 + n // 4, 8 + 3 * (n % 4)) for n in range(SLOTS)]
Rivals = Callable[[list[Callable[[], Any]]], list[Any]]


@pytest.fixture
def space(portal_server: PortalServer) -> Space:
    return live_space(portal_server)


@pytest.fixture
def clients(portal_server: PortalServer) -> list[PortalClient]:
    people = [live_resident(portal_server) for _ in range(RIVALS)]
    return [PortalClient(portal_server.url, cookie=portal_server.session_cookie(person)) for person in people]


def rush(
    rivals: Rivals, clients: list[PortalClient], attempt: Callable[[PortalClient, dt.datetime], Answer]
) -> list[Answer]:
    """Every rival tries every slot, all in the same order."""

    def all_slots(client: PortalClient) -> list[Answer]:
        return [attempt(client, start) for start in STARTS]

    results = rivals([lambda client=client: all_slots(client) for client in clients])  # type: ignore[misc]
    broken = [result for result in results if isinstance(result, Exception)]
    assert not broken, broken
    return [answer for result in results for answer in result]


def assert_booked_once(server: PortalServer, space: Space) -> None:
    with server.database():
        assert Booking.objects.filter(space=space).count() == SLOTS
        assert Occupancy.objects.filter(cell__spaces=space).count() == SLOTS


def test_by_page_one_wins_and_the_others_read_why_with_three_ways_on(
    portal_server: PortalServer, space: Space, clients: list[PortalClient], rivals: Rivals
) -> None:
    answers = rush(rivals, clients, lambda client, start: client.post(f"/spaces/{space.pk}/book/", slot_fields(start)))

    assert Counter(answer.status for answer in answers) == {302: SLOTS, 409: RIVALS * SLOTS - SLOTS}
    for loser in (answer for answer in answers if answer.status == 409):
        assert "该时段已被预约" in loser.body
        assert loser.body.count('class="alternative"') == 3
    assert_booked_once(portal_server, space)


def test_by_api_one_wins_and_the_others_get_the_code_with_three_alternatives(
    portal_server: PortalServer, space: Space, clients: list[PortalClient], rivals: Rivals
) -> None:
    def attempt(client: PortalClient, start: dt.datetime) -> Answer:
        body = {
            "space": space.pk,
            "starts_at": start.isoformat(),
            "ends_at": (start + dt.timedelta(hours=1)).isoformat(),
            "headcount": 5,
            "purpose": "residents_meeting",
            "contact": {"name": "演示居民01"},
        }
        return client.post_json("/api/v1/bookings/", body)

    answers = rush(rivals, clients, attempt)

    assert Counter(answer.status for answer in answers) == {201: SLOTS, 409: RIVALS * SLOTS - SLOTS}
    for loser in (answer for answer in answers if answer.status == 409):
        problem = loser.json()
        assert problem["code"] == "slot_taken" and "该时段已被预约" in problem["detail"]
        assert len(problem["alternatives"]) == 3
    assert_booked_once(portal_server, space)
