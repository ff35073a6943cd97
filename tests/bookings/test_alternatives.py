"""Ways out of a lost slot and of a search: always bookable, nearest first, at a fixed price."""

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from bookings.domain.snapshot import Snapshot
from bookings.models import Space
from bookings.selectors.search.alternatives import DATE, PLACE, TIME, Alternative, alternatives_for, alternatives_to
from bookings.selectors.search.results import SearchCriteria, find
from bookings.values.slot_request import SlotRequest
from centers.models import Center
from tests.factories.bookings import TOMORROW, book, check_slot, make_booker, make_policy, make_space, slot
from tests.support.queries import assert_constant_queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_any_hour")]

DAY = dt.timedelta(days=1)


@pytest.fixture
def neighbour_room(city: Center) -> Space:
    return make_space(Center.objects.get(code="330482001002"), "多功能厅", capacity=50)


def lost(
    space: Space,
    start: float = 9,
    end: float = 11,
    *,
    day: dt.date = TOMORROW,
    people: int = 10,
    user: User | None = None,
) -> list[Alternative]:
    begins, ends = slot(start, end, day)
    return alternatives_for(SlotRequest(begins, ends, people, space.pk), space=space, user=user)


def told(ways: list[Alternative]) -> list[tuple[str, int, dt.datetime]]:
    return [(way.kind, way.room.id, way.starts_at) for way in ways]


def test_another_time_day_and_place(space: Space, neighbour_room: Space, resident: User) -> None:
    book(resident, space, 9, 11)
    assert told(lost(space)) == [
        (TIME, space.pk, slot(11.5, 0)[0]),
        (DATE, space.pk, slot(9, 0, TOMORROW + DAY)[0]),
        (PLACE, neighbour_room.pk, slot(9, 0)[0]),
    ]


def test_the_nearest_time_is_offered_first(space: Space, resident: User) -> None:
    """Between 8:00 and 12:00 only the stretch before leaves two hours and the turnaround."""
    book(resident, space, 12, 14)
    [first, *_rest] = lost(space, 11, 13)
    assert (first.kind, first.starts_at) == (TIME, slot(9.5, 0)[0])


def test_three_even_where_there_is_only_one_room(space: Space, resident: User) -> None:
    book(resident, space, 9, 11)
    ways = lost(space)
    assert [way.kind for way in ways] == [TIME, DATE, DATE]
    assert len(set(told(ways))) == 3


def test_what_is_offered_can_be_booked(space: Space, neighbour_room: Space, resident: User) -> None:
    make_policy(space, notice_workdays=1, turnaround_minutes=60)
    book(resident, space, 9, 11)
    person = make_booker(9)
    for way in lost(space, user=person):
        check_slot(person, Space.objects.get(pk=way.room.id), way.starts_at, way.ends_at, headcount=10)


def test_a_person_is_not_sent_into_another_booking(
    space: Space, neighbour_room: Space, resident: User, neighbour: User
) -> None:
    book(resident, space, 9, 11)
    book(neighbour, neighbour_room, 11.5, 13.5)
    assert slot(11.5, 0)[0] in {way.starts_at for way in lost(space)}
    assert slot(11.5, 0)[0] not in {way.starts_at for way in lost(space, user=neighbour)}


def test_a_group_too_large_is_offered_a_larger_room(space: Space, neighbour_room: Space) -> None:
    assert {way.room.id for way in lost(space, people=40)} == {neighbour_room.pk}


@pytest.mark.parametrize(
    ("start", "end", "day"),
    [
        (11, 9, TOMORROW),
        (0, 48, TOMORROW),
        (9, 11, dt.date(2020, 1, 1)),
        (9, 11, dt.date(9998, 12, 31)),
        (9.1, 10.3, TOMORROW),
    ],
    ids=["backwards", "too long", "past", "far ahead", "off the grid"],
)
def test_an_address_can_ask_for_anything(space: Space, start: float, end: float, day: dt.date) -> None:
    for way in lost(space, start, end, day=day):
        check_slot(make_booker(9), space, way.starts_at, way.ends_at, headcount=10)
        break


def test_below_a_search_that_found_nothing(space: Space, resident: User) -> None:
    book(resident, space, 9, 11)
    begins, ends = slot(9, 11)
    assert [way.kind for way in alternatives_to(find(SearchCriteria(SlotRequest(begins, ends, 10))))] == [
        TIME,
        DATE,
        DATE,
    ]


def test_a_search_near_somewhere_also_offers_another_branch(space: Space, village: Center) -> None:
    far = make_space(Center.objects.get(code="330482002"), "报告厅")
    begins, ends = slot(9, 11)
    ways = alternatives_to(find(SearchCriteria(SlotRequest(begins, ends, 10), village.pk)))
    assert [(way.kind, way.room.id) for way in ways if way.kind == PLACE] == [(PLACE, far.pk)]


def test_queries_stay_the_same(space: Space, city: Center, resident: User) -> None:
    centers = list(Center.objects.filter(level="village"))

    def grow(count: int) -> None:
        for number in range(count):
            make_space(centers[number], f"室{Space.objects.count()}")
        lost(space, user=resident)  # what is kept between searches is known again

    assert_constant_queries(grow, lambda: lost(space, user=resident))


def test_no_more_is_read_than_what_the_nearest_rooms_have(
    space: Space, neighbour_room: Space, resident: User, django_assert_num_queries: Any
) -> None:
    """What is taken of the rooms looked at in the week, and the person's own times."""
    book(resident, space, 9, 11)
    before = lost(space, user=resident)
    snapshot = Snapshot.take()
    assert snapshot.network_and_spaces
    begins, ends = slot(9, 11)
    with django_assert_num_queries(2):
        request = SlotRequest(begins, ends, 10, space.pk)
        ways = alternatives_for(request, space=space, user=resident, snapshot=snapshot)
    assert told(ways) == told(before)


def test_its_words(space: Space, resident: User, settings: Any) -> None:
    book(resident, space, 9, 11)
    [first, second, *_rest] = lost(space)
    assert (first.changed, first.title) == ("11:30–13:30", "")
    assert second.title == "9:00–11:00"
    assert first.url == f"/spaces/{space.pk}/?starts_at=2026-11-25T11:30&ends_at=2026-11-25T13:30&headcount=10"
