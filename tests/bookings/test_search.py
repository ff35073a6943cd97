"""Finding a room by time: who is free, who isn't and why, in which order, at what price."""

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from bookings import exceptions as refused
from bookings.choices import ConfirmMode, Equipment
from bookings.models import Maintenance, Space
from bookings.selectors.search.results import Filters, SearchCriteria, find, known_rooms
from bookings.values.slot_request import SlotRequest
from centers.choices import CenterStatus
from centers.models import Center, Closure, SpecialDay
from common import clock as portal_clock
from tests.factories.bookings import TOMORROW, book, make_booker, make_policy, make_space, open_daily, slot
from tests.factories.centers import make_tree
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

pytestmark = pytest.mark.django_db


def wanted(
    start: float = 9,
    end: float = 10,
    *,
    people: int = 10,
    near: Center | None = None,
    day: dt.date = TOMORROW,
    **filters: Any,
) -> SearchCriteria:
    begins, ends = slot(start, end, day)
    chosen = Filters(**{name: frozenset(values) for name, values in filters.items()})
    return SearchCriteria(SlotRequest(begins, ends, people), near.pk if near else None, chosen)


def free(conditions: SearchCriteria) -> list[str]:
    return [one.room.name for one in find(conditions).free]


def only_reason(conditions: SearchCriteria) -> str:
    findings = find(conditions)
    assert findings.free == []
    [(reason, count)] = findings.excluded.items()
    assert count == 1
    return reason


def test_a_free_room_is_found(space: Space) -> None:
    assert free(wanted()) == [space.name]
    assert not find(wanted()).excluded


def test_a_taken_room_is_counted_as_taken(space: Space, resident: User) -> None:
    book(resident, space, 9, 10)
    assert only_reason(wanted(9, 10)) == refused.SlotTaken.code


def test_without_turnaround_neighbouring_hours_live_side_by_side(space: Space, resident: User) -> None:
    make_policy(space, turnaround_minutes=0)
    book(resident, space, 9, 10)
    assert free(wanted(10, 11)) == [space.name]
    assert free(wanted(8, 9)) == [space.name]


@pytest.mark.parametrize(("start", "end"), [(10, 11), (8, 9)])
def test_the_turnaround_of_either_use_keeps_the_other_out(
    space: Space, resident: User, start: float, end: float
) -> None:
    make_policy(space, turnaround_minutes=30)
    book(resident, space, 9, 10)
    assert only_reason(wanted(start, end)) == refused.SlotTaken.code
    assert free(wanted(10.5, 11.5)) == free(wanted(8, 8.5)) == [space.name]


def test_a_hall_is_taken_when_one_of_its_halves_is(city: Center, village: Center, resident: User) -> None:
    left, right = make_space(village, "东厅"), make_space(village, "西厅")
    make_space(village, "报告厅", cells=[*left.cells.all(), *right.cells.all()])
    book(resident, left, 9, 10)
    assert free(wanted()) == ["西厅"]


@pytest.mark.usefixtures("at_any_hour")
def test_too_small_too_long_too_far_ahead(space: Space) -> None:
    assert only_reason(wanted(people=31)) == refused.OverCapacity.code
    assert only_reason(wanted(9, 13.5)) == refused.TooLong.code
    assert only_reason(wanted(day=TOMORROW + dt.timedelta(days=30))) == refused.TooFarAhead.code


@pytest.mark.usefixtures("at_any_hour")
def test_a_shut_center(space: Space, village: Center) -> None:
    assert only_reason(wanted(20, 22)) == refused.CenterShut.code
    SpecialDay.objects.create(center=village, day=TOMORROW)
    assert only_reason(wanted()) == refused.CenterShut.code


def test_a_closure_above_shuts_all_below(space: Space, city: Center) -> None:
    begins, ends = slot(9.5, 12)
    Closure.objects.create(center=city, starts_at=begins, ends_at=ends, reason="停电")
    assert only_reason(wanted(9, 10)) == refused.CenterShut.code


def test_maintenance(space: Space) -> None:
    begins, ends = slot(8, 9.5)
    Maintenance.objects.create(space=space, starts_at=begins, ends_at=ends, reason="换灯")
    assert only_reason(wanted(9, 10)) == refused.UnderMaintenance.code
    assert free(wanted(9.5, 10.5)) == [space.name]


@pytest.mark.usefixtures("at_any_hour")
def test_notice_in_working_days(space: Space) -> None:
    """Today is Tuesday: with two working days of notice, Thursday is the first day."""
    make_policy(space, notice_workdays=2)
    assert only_reason(wanted()) == refused.TooSoon.code
    assert free(wanted(day=TOMORROW + dt.timedelta(days=1))) == [space.name]


def test_what_is_not_public_is_not_counted(space: Space, village: Center) -> None:
    Space.objects.update(is_active=False)
    make_space(Center.objects.get(code="330482001002"), "议事厅")
    Center.objects.filter(code="330482001002").update(status=CenterStatus.PLANNED)
    findings = find(wanted())
    assert (findings.unfiltered, findings.excluded) == ([], {})


def test_nearest_first_by_the_tree_and_the_smaller_room_first(city: Center, village: Center) -> None:
    town, sibling, other = (Center.objects.get(code=code) for code in ("330482001", "330482001002", "330482002"))
    for center, name in ((other, "别镇"), (city, "市"), (sibling, "邻村"), (town, "镇"), (village, "大厅")):
        make_space(center, name, capacity=50)
    make_space(village, "小屋", capacity=12)
    assert free(wanted(near=village)) == ["小屋", "大厅", "镇", "邻村", "市", "别镇"]


def test_filters_narrow_and_the_rest_stays_counted(city: Center, village: Center) -> None:
    make_space(village, "甲", equipment=[Equipment.PROJECTOR, Equipment.AUDIO])
    make_policy(make_space(village, "乙", equipment=[Equipment.PROJECTOR]), confirm_mode=ConfirmMode.STAFF)
    assert free(wanted(equipment=["projector"])) == ["甲", "乙"]
    assert free(wanted(equipment=["projector", "audio"])) == ["甲"]
    assert free(wanted(confirm=["staff"])) == ["乙"]
    assert free(wanted(area=["oath"])) == []
    assert len(find(wanted(area=["oath"])).unfiltered) == 2


def test_a_year_whose_holidays_are_not_published_is_said(space: Space, clock: TestClock) -> None:
    assert find(wanted()).year_unpublished is None
    clock.move_to(portal_clock.at(dt.date(2032, 3, 1), dt.time(10, 5)))
    findings = find(wanted(day=dt.date(2032, 3, 2)))
    assert findings.year_unpublished == 2032
    assert len(findings.free) == 1


def test_another_tree_with_other_levels(clock: TestClock) -> None:
    [[root], _areas, towns, *_rest] = make_tree(2, 2, 2, 2)
    open_daily(root)
    make_space(root, "总部")
    make_space(towns[0], "近处")
    make_space(towns[3], "远处")
    assert free(wanted(near=towns[0])) == ["近处", "总部", "远处"]


def test_rooms_a_person_has_used(space: Space, resident: User, clock: TestClock) -> None:
    book(resident, space, 9, 10)
    assert known_rooms(resident, [space.pk]) == set()
    clock.advance(days=2)
    assert known_rooms(resident, [space.pk]) == {space.pk}
    assert known_rooms(make_booker(2), [space.pk]) == set()


@pytest.mark.parametrize("change", ["hours", "room", "policy", "name"])
def test_a_change_is_found_at_once(space: Space, city: Center, village: Center, change: str) -> None:
    """What is kept between searches is thrown away with the first search after a change, deletions included."""
    assert free(wanted()) == [space.name]
    if change == "hours":
        city.weekly_hours.all().delete()
        assert only_reason(wanted()) == refused.CenterShut.code
    elif change == "room":
        make_space(village, "新室", capacity=40)
        assert free(wanted()) == [space.name, "新室"]
    elif change == "policy":
        make_policy(city, longest_minutes=30)
        assert only_reason(wanted()) == refused.TooLong.code
    else:
        Space.objects.filter(pk=space.pk).update(name="改名")
        assert free(wanted()) == ["改名"]


def test_queries_stay_the_same(space: Space, village: Center, resident: User) -> None:
    centers = list(Center.objects.filter(level="village"))

    def grow(count: int) -> None:
        for number in range(count):
            room = make_space(centers[number], f"室{Space.objects.count()}")
            book(resident if number < 1 else make_booker(100 + room.pk), room, 14, 15)
        find(wanted(near=village))  # what is kept between searches is known again

    assert_constant_queries(grow, lambda: find(wanted(near=village)))


def test_at_most_fifteen_queries_even_after_a_change(
    space: Space, village: Center, django_assert_max_num_queries: Any
) -> None:
    make_policy(space, notice_workdays=1)
    for number in range(20):
        make_space(village, f"室{number}")
    with django_assert_max_num_queries(15):
        find(wanted(near=village))
