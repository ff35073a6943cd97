"""A center that is open through midnight.

What is offered there is what the service accepts, and ends at midnight are said as 24:00.
"""

import datetime as dt
import itertools
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bookings import exceptions as refused
from bookings.domain import rules
from bookings.domain.facts import facts_by_day
from bookings.domain.rules import STEP
from bookings.domain.snapshot import Snapshot
from bookings.models import Space
from bookings.selectors.search.results import SearchCriteria, find
from bookings.values.slot_request import SlotRequest
from centers.models import Center
from common import clock as portal_clock
from demo.services.calendar import OccupancyCalendar, rooms
from tests.factories.bookings import TOMORROW, book, check_slot, make_booker, make_policy, make_space, open_daily, slot
from tests.support.time import TestClock

DAY = dt.timedelta(days=1)
NEXT = TOMORROW + DAY


@pytest.fixture
def space(db: None, clock: TestClock) -> Space:
    """A room that is never shut, with half an hour between two uses."""
    open_daily(Center.objects.get(code="330482"), 0, 24)
    return make_space(Center.objects.get(code="330482001001"))


@pytest.fixture
def late(space: Space) -> None:
    """Taken tomorrow from 22:00 to 24:00 (with the turnaround until 0:30), and the day after that from 0:00."""
    book(make_booker(1), space, 22, 24)
    book(make_booker(2), space, 0, 1, day=NEXT + DAY)


def free_spans(space: Space, first: dt.date, last: dt.date) -> dict[dt.date, list[tuple[dt.datetime, dt.datetime]]]:
    facts = facts_by_day([space], first, last, Snapshot.take())[space.pk]
    return {day: rules.free_spans(day, of_day) for day, of_day in facts.items()}


def accepts(booker: User, space: Space, start: dt.datetime, end: dt.datetime) -> bool:
    try:
        check_slot(booker, space, start, end, headcount=1)
    except refused.SlotTaken:
        return False
    return True


def test_the_turnaround_of_the_evening_is_taken_from_the_next_morning(space: Space, late: None) -> None:
    assert free_spans(space, NEXT, NEXT)[NEXT][0][0] == slot(0.5, 1, NEXT)[0]


def test_a_use_before_midnight_leaves_its_turnaround_before_what_comes_after(space: Space, late: None) -> None:
    assert free_spans(space, NEXT, NEXT)[NEXT][-1][1] == slot(23, 23.5, NEXT)[1]


@pytest.mark.parametrize("turnaround", [0, 30, 240])
def test_what_is_offered_is_what_is_accepted(space: Space, turnaround: int) -> None:
    make_policy(space, turnaround_minutes=turnaround)
    book(make_booker(1), space, 22, 24)
    book(make_booker(2), space, 0, 1, day=NEXT + DAY)
    booker = make_booker(3)
    for day, free in free_spans(space, TOMORROW, NEXT + DAY).items():
        midnight = portal_clock.midnight(day)
        for start, length in itertools.product((midnight + n * STEP for n in range(48)), (1, 3)):
            end = start + length * STEP
            if end <= midnight + DAY:
                offered = any(a <= start and end <= b for a, b in free)
                assert offered == accepts(booker, space, start, end), (start, end)


def test_the_search_and_the_day_bar_agree(space: Space, late: None) -> None:
    for hour, is_free in ((0, False), (0.5, True), (22, True), (23, False)):
        start, end = slot(hour, hour + 1, NEXT)
        assert (
            space.pk in [one.room.id for one in find(SearchCriteria(SlotRequest(start, end, 1))).free]
        ) == is_free, hour


def test_the_pages_draw_it_and_say_24(client: Client, space: Space, late: None) -> None:
    client.cookies["django_language"] = "en"
    page = client.get(reverse("bookings:space_detail", args=[space.pk]), {"day": NEXT.isoformat()})
    table = page.context["table"]
    of_tomorrow, of_next, of_last = table[1], table[2], table[3]
    assert of_tomorrow["taken"] == ["22:00–24:00"] and of_tomorrow["free"] == ["0:00–21:30"]
    assert of_next["taken"] == ["0:00–0:30"] and of_next["free"] == ["0:30–23:30"]
    assert of_last["taken"] == ["0:00–1:30"]
    slots = page.context["slots"]
    assert [slots[0]["words"], slots[-1]["words"]] == ["0:30–1:30", "23:00–23:30"]
    html = page.content.decode()
    assert f"starts_at={NEXT}T00:30" in html and f"starts_at={NEXT}T00:00" not in html and "Open until 24:00" in html


def test_the_api_tells_the_same(client: Client, space: Space, late: None) -> None:
    days = client.get(f"/api/v1/spaces/{space.pk}/availability/", {"first": TOMORROW, "last": NEXT}).json()["days"]
    assert days[0]["open"] == [{"start": f"{TOMORROW}T00:00:00+08:00", "end": f"{NEXT}T00:00:00+08:00"}]
    assert days[1]["free"] == [{"start": f"{NEXT}T00:30:00+08:00", "end": f"{NEXT}T23:30:00+08:00"}]


def test_the_center_page_says_24(client: Client, space: Space) -> None:
    page = client.get(reverse("pages:center_detail", args=[space.center.code])).content.decode()
    assert "0:00–24:00" in page


def test_the_day_bar_of_the_morning_after_begins_at_midnight(client: Client, space: Space, clock: TestClock) -> None:
    book(make_booker(1), space, 22, 24)
    clock.move_to(portal_clock.at(TOMORROW, dt.time(12)) + DAY)
    response = client.get(reverse("pages:center_detail", args=[space.center.code]))
    assert "0:00–0:30" in response.context["rooms"][0].day_bar["label"]


def test_the_demo_keeps_clear_of_it(space: Space, late: None) -> None:
    calendar: Any = OccupancyCalendar(rooms(), TOMORROW, NEXT + DAY)
    [room] = [one for one in calendar.rooms if one.pk == space.pk]
    end, half_an_hour = portal_clock.midnight(NEXT + DAY), dt.timedelta(minutes=30)
    assert not calendar.is_free(room, end - half_an_hour, end + half_an_hour)
    assert calendar.is_free(room, end - 2 * half_an_hour, end)
