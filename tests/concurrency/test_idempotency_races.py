"""One person's request to book arrives twice at one moment under one `Idempotency-Key`: done once, answered twice."""

from typing import Any

import pytest

from accounts.models import User
from bookings.models import Booking, Space
from centers.models import Center
from common.api import idempotency
from tests.api.asking import BOOKINGS, wish
from tests.api.conftest import ApiClient
from tests.concurrency.test_closing_races import Rivals
from tests.factories.bookings import make_booker, make_space, open_daily
from tests.support.time import TestClock

pytestmark = [pytest.mark.race]


@pytest.fixture
def space(own_database: None, clock: TestClock) -> Space:
    open_daily(Center.objects.get(code="330482"))
    return make_space(Center.objects.get(code="330482001001"))


def both(space: Space, person: User, rivals: Rivals) -> list[int]:
    clients = [ApiClient(person) for _ in range(2)]
    body = wish(space)

    def attempt(client: Any) -> Any:
        return lambda: client.send(BOOKINGS, body, HTTP_IDEMPOTENCY_KEY="once").status_code

    return sorted(rivals([attempt(client) for client in clients]))


def test_both_get_the_booking(space: Space, rivals: Rivals) -> None:
    assert both(space, make_booker(1), rivals) == [201, 201]
    assert Booking.objects.count() == 1


def test_canary_without_the_key_one_is_told_that_it_is_taken(
    space: Space, rivals: Rivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idempotency, "HEADER", "No-Such-Header")
    assert both(space, make_booker(1), rivals) == [201, 409]
