"""The grid of half hours, as clients can miss it: pages can't even say a second."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from bookings.models import Booking, Space
from tests.api.asking import BOOKINGS, assert_problem, wish
from tests.factories.bookings import slot

START, END = slot(9, 10)
SECOND, MOMENT = dt.timedelta(seconds=1), dt.timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (START + 30 * SECOND, END),
        (START, END + 30 * SECOND),
        (START + MOMENT, END),
        (START, END - MOMENT),
        (START, START),
        (END, START),
        (START + 15 * 60 * SECOND, END),
    ],
    ids=[
        "seconds",
        "seconds of the end",
        "a moment late",
        "a moment early",
        "no time at all",
        "backwards",
        "a quarter",
    ],
)
def test_what_is_off_the_grid_is_refused(
    start: dt.datetime, end: dt.datetime, space: Space, resident: User, api: Callable[..., Any]
) -> None:
    body = wish(space, starts_at=start.isoformat(), ends_at=end.isoformat())
    assert_problem(api(resident).send(BOOKINGS, body), 400, "off_grid")
    assert not Booking.objects.exists()


def test_another_offset_for_the_same_moment_is_on_it(space: Space, resident: User, api: Callable[..., Any]) -> None:
    body = wish(space, starts_at="2026-11-25T01:00:00Z", ends_at="2026-11-25T06:30:00+04:30")
    answer = api(resident).send(BOOKINGS, body)
    assert answer.status_code == 201, answer.content.decode()
    assert answer.json()["starts_at"] == START.isoformat()
