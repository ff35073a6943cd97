"""The broker is killed while people book: every booking is made, and every message comes once it is back, once."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bookings.models import Booking
from notifications.models import InboxMessage, Outbox
from tests.support.http import PortalClient
from tests.support.live import ahead, live_resident, live_space, slot_fields
from tests.support.server import PortalServer

PEOPLE, EACH = 4, 5
PATIENCE = 60.0


@pytest.fixture
def portal(portal_worker: PortalServer) -> Iterator[PortalServer]:
    yield portal_worker
    portal_worker.stop_worker()


def test_every_booking_is_made_and_every_message_shown_once(
    portal: PortalServer, rivals: Callable[[list[Callable[[], Any]]], list[Any]]
) -> None:
    space = live_space(portal)
    people = [live_resident(portal) for _ in range(PEOPLE)]
    clients = [PortalClient(portal.url, cookie=portal.session_cookie(person)) for person in people]

    def book_all(number: int) -> list[int]:
        statuses = []
        for turn in range(EACH):
            if number == 0 and turn == 1:
                portal.kill_broker()
            statuses.append(
                clients[number].post(f"/spaces/{space.pk}/book/", slot_fields(ahead(2 + turn, 8 + 3 * number))).status
            )
        return statuses

    results = rivals([lambda number=number: book_all(number) for number in range(PEOPLE)])  # type: ignore[misc]

    assert results == [[302] * EACH] * PEOPLE
    assert clients[0].get("/").status == 200 and clients[0].get("/bookings/").status == 200, "no page needs the broker"
    assert PortalClient(portal.url).get("/accounts/login/code/").status == 200, "nor does signing in"

    portal.start_broker()

    with portal.database():
        mine = Booking.objects.filter(space=space)
        references = set(mine.values_list("reference", flat=True))
        assert len(references) == PEOPLE * EACH
        deadline = time.monotonic() + PATIENCE
        while (
            Outbox.objects.filter(subject_id__in=references, done_at__isnull=True).exists()
            and time.monotonic() < deadline
        ):
            portal.watch_worker()
            time.sleep(0.3)
        shown = list(InboxMessage.objects.filter(subject_id__in=references).values_list("subject_id", flat=True))
        assert sorted(shown) == sorted(references)
    for client in clients:
        assert client.get("/inbox/").status == 200
