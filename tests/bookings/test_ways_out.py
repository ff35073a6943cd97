"""Each alternative that is offered can really be booked; in which order they come, and how far is looked."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import transaction

from bookings.models import Maintenance, Space
from bookings.selectors.search.alternatives import DATE, PLACE, TIME, Alternative, alternatives_for, alternatives_to
from bookings.selectors.search.results import SearchCriteria, find
from bookings.values.slot_request import SlotRequest
from centers.models import Center, SpecialDay, WeeklyHours
from tests.factories.bookings import TOMORROW, book, book_slot, make_booker, make_policy, make_space, open_daily, slot
from tests.support.time import TestClock

DAY = dt.timedelta(days=1)
TODAY, NEXT = TOMORROW - DAY, TOMORROW + DAY
PEOPLE = 10


@dataclass(frozen=True)
class Lost:
    """A slot that can't be had, because of what was done before."""

    name: str
    start: float
    end: float
    before: Callable[[Space], object]
    day: dt.date = TOMORROW
    kinds: tuple[str, ...] = (TIME, DATE, DATE)

    def __str__(self) -> str:
        return self.name


def taken(*spans: tuple[float, float], turnaround: int = 30, day: dt.date = TOMORROW) -> Callable[[Space], object]:
    def prepare(space: Space) -> None:
        make_policy(space, turnaround_minutes=turnaround, quota_count=100)
        booker = make_booker(7)
        for start, end in spans:
            book(booker, space, start, end, day=day)

    return prepare


def repaired(space: Space) -> None:
    start, end = slot(11, 13)
    Maintenance.objects.create(space=space, starts_at=start, ends_at=end, reason="检修")
    taken((8, 8.5), turnaround=60)(space)


def through_midnight(space: Space) -> None:
    """Open day and night, taken until midnight and from it: a use between needs its turnaround on both sides."""
    WeeklyHours.objects.all().delete()
    open_daily(Center.objects.get(code="330482"), 0, 24)
    make_policy(space, turnaround_minutes=60, quota_count=100)
    booker = make_booker(7)
    book(booker, space, 22, 24)
    book(booker, space, 0, 1, day=NEXT + DAY)


CASES = [
    Lost("a short gap between two uses", 10, 11, taken((9, 11), (12, 14))),
    Lost("gaps that a turnaround fills", 10, 12, taken((8, 9), (10, 12), (14, 15), turnaround=60)),
    Lost("a repair, which needs no turnaround before it", 11, 12, repaired, kinds=(TIME, TIME, DATE)),
    Lost("an hour of today that is past", 9, 10, taken(day=TODAY), day=TODAY),
    Lost("the evening before a use at midnight", 23, 24, through_midnight, day=NEXT),
    Lost("the morning after a use until midnight", 0, 1, through_midnight, day=NEXT),
]


@pytest.fixture
def space(city: Center, village: Center) -> Space:
    return make_space(village)


def ways_for(space: Space, lost: Lost) -> list[Alternative]:
    start, end = slot(lost.start, lost.end, lost.day)
    return alternatives_for(SlotRequest(start, end, PEOPLE, space.pk), space=space)


def ways_to(space: Space, lost: Lost) -> list[Alternative]:
    return alternatives_to(find(SearchCriteria(SlotRequest(*slot(lost.start, lost.end, lost.day), PEOPLE))))


@pytest.mark.parametrize("ask", [ways_for, ways_to])
@pytest.mark.parametrize("lost", CASES, ids=str)
def test_each_way_is_then_booked(space: Space, lost: Lost, ask: Callable[[Space, Lost], list[Alternative]]) -> None:
    lost.before(space)
    ways = ask(space, lost)
    assert tuple(way.kind for way in ways) == lost.kinds
    start, end = slot(lost.start, lost.end, lost.day)
    person = make_booker(9)
    for way in ways:
        assert (way.starts_at, way.ends_at - way.starts_at) != (start, end - start)
        with transaction.atomic():
            assert book_slot(person, Space.objects.get(pk=way.room.id), way.starts_at, way.ends_at, headcount=PEOPLE)
            transaction.set_rollback(True)


def test_the_same_room_comes_before_another_of_its_center(space: Space, village: Center) -> None:
    """Though the other is smaller, and free at a nearer time."""
    other = make_space(village, "小屋", capacity=12)
    taken((8, 12))(space)
    book(make_booker(8), other, 10, 11)
    [first, *_rest] = ways_for(space, Lost("", 10, 11, taken()))
    assert (first.kind, first.room.id) == (TIME, space.pk)


@pytest.mark.parametrize("ask", [ways_for, ways_to])
def test_another_time_is_never_the_time_that_was_asked_for(
    space: Space, village: Center, ask: Callable[[Space, Lost], list[Alternative]]
) -> None:
    """Though a second room is free just then: that is another place."""
    make_space(village, "小屋", capacity=12)
    taken((9, 12))(space)
    ways = ask(space, Lost("", 10, 11, taken()))
    assert [way.kind for way in ways if way.starts_at == slot(10, 11)[0]] in ([PLACE], [])
    assert TIME in {way.kind for way in ways}


def test_of_two_rooms_the_nearer_is_another_place(space: Space) -> None:
    far = make_space(Center.objects.get(code="330482002"), "报告厅")
    near = make_space(Center.objects.get(code="330482001002"), "多功能厅", capacity=50)
    book(make_booker(7), space, 10, 11)
    places = [way.room.id for way in ways_for(space, Lost("", 10, 11, taken())) if way.kind == PLACE]
    assert places == [near.pk]
    assert far.pk not in places


@pytest.mark.parametrize(("days_shut", "offered"), [(7, [(DATE, 7)]), (8, [])])
def test_the_seventh_day_is_the_last_that_is_looked_at(
    space: Space, village: Center, days_shut: int, offered: list[tuple[str, int]]
) -> None:
    SpecialDay.objects.bulk_create(SpecialDay(center=village, day=TOMORROW + n * DAY) for n in range(days_shut))
    ways = ways_for(space, Lost("", 10, 11, taken()))
    assert [(way.kind, (way.starts_at - slot(10, 11)[0]).days) for way in ways] == offered


@pytest.mark.parametrize(("others", "is_offered"), [(10, True), (11, False)])
def test_the_twelve_nearest_rooms_are_looked_at(space: Space, village: Center, others: int, is_offered: bool) -> None:
    for number in range(others):
        make_space(village, f"房间{number}", capacity=20)
    SpecialDay.objects.bulk_create(SpecialDay(center=village, day=TOMORROW + n * DAY) for n in range(8))
    far = make_space(Center.objects.get(code="330482001002"), "多功能厅")
    ways = ways_for(space, Lost("", 10, 11, taken()))
    assert (far.pk in {way.room.id for way in ways}) == is_offered


def test_a_start_that_is_just_now_is_not_offered(space: Space, clock: TestClock) -> None:
    taken((10, 11))(space)
    clock.move_to(slot(9, 10)[0])
    starts = {way.starts_at for way in ways_for(space, Lost("", 10, 11, taken())) if way.kind == TIME}
    assert starts == {slot(11.5, 12)[0]}
