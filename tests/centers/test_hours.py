"""Opening read from the database: the rules of `test_opening` find their rows, in a constant number of queries."""

import datetime as dt
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from centers.choices import CalendarMark, CenterStatus, DayKind
from centers.domain import hours
from centers.domain.snapshot import NetworkSnapshot
from centers.models import CalendarOverride, CalendarYear, Center, Closure, SpecialDay, WeeklyHours
from centers.services import tree
from centers.values.opening import END_OF_DAY
from common import clock as portal_clock
from tests.support.time import TestClock

pytestmark = pytest.mark.django_db
TUESDAY = dt.date(2026, 11, 24)
DAY = dt.timedelta(days=1)


def week(center: Center, opens: int, closes: int, *kinds: str) -> None:
    for kind in kinds or ("mon", "tue", "wed", "thu", "fri"):
        WeeklyHours.objects.create(center=center, day_kind=kind, opens=dt.time(opens), closes=dt.time(closes))


def said(day: hours.OpenDay) -> list[tuple[int, int]]:
    return [(portal_clock.local(opens).hour, portal_clock.local(closes).hour) for opens, closes in day.spans]


def test_each_level_speaks_in_its_turn(pinghu: dict[str, Any]) -> None:
    city, town, village = pinghu["平湖市"], pinghu["当湖街道"], pinghu["水洞埭社区"]
    week(city, 9, 17)
    week(town, 8, 18)
    SpecialDay.objects.create(center=town, day=TUESDAY, opens=dt.time(13), closes=dt.time(20), reason="盘点")
    Closure.objects.create(
        center=city,
        starts_at=portal_clock.at(TUESDAY, dt.time(15)),
        ends_at=portal_clock.midnight(TUESDAY + DAY),
        reason="台风",
    )
    found = hours.open_days([city.pk, village.pk, pinghu["花园社区"].pk], TUESDAY, TUESDAY + DAY)
    assert said(found[village.pk][TUESDAY]) == [(13, 15)]
    assert said(found[village.pk][TUESDAY + DAY]) == [(8, 18)]
    assert said(found[pinghu["花园社区"].pk][TUESDAY]) == [(9, 15)]


def test_a_center_that_moves_takes_the_hours_of_where_it_stands(pinghu: dict[str, Any]) -> None:
    week(pinghu["当湖街道"], 8, 12)
    week(pinghu["钟埭街道"], 13, 17)
    village = pinghu["水洞埭社区"]
    tree.move_center(actor=None, center=village, new_parent=pinghu["钟埭街道"], on=TUESDAY + DAY)
    found = hours.open_days([village.pk], TUESDAY, TUESDAY + DAY)[village.pk]
    assert [said(found[day]) for day in (TUESDAY, TUESDAY + DAY)] == [[(8, 12)], [(13, 17)]]


def test_open_state(pinghu: dict[str, Any]) -> None:
    city, village = pinghu["平湖市"], pinghu["水洞埭社区"]
    week(city, 9, 17)
    at = lambda hour, day=TUESDAY: portal_clock.at(day, dt.time(hour))  # noqa: E731
    state = hours.open_state([village.pk], at(10))[village.pk]
    assert (state.is_open, state.until, state.next_opening) == (True, at(17), None)
    assert hours.open_state([village.pk], at(17))[village.pk].next_opening == at(9, TUESDAY + DAY)
    assert hours.open_state([village.pk], at(8))[village.pk].next_opening == at(9)
    friday = TUESDAY + 3 * DAY
    assert hours.open_state([village.pk], at(18, friday))[village.pk].next_opening == at(9, friday + 3 * DAY)


def test_open_until_midnight(pinghu: dict[str, Any]) -> None:
    city, village = pinghu["平湖市"], pinghu["水洞埭社区"]
    WeeklyHours.objects.create(center=city, day_kind="tue", opens=dt.time(18), closes=END_OF_DAY)
    midnight = portal_clock.midnight(TUESDAY + DAY)
    assert hours.open_days([village.pk], TUESDAY, TUESDAY)[village.pk][TUESDAY].spans == (
        (portal_clock.at(TUESDAY, dt.time(18)), midnight),
    )
    late = portal_clock.at(TUESDAY, dt.time(23, 59))
    assert hours.open_state([village.pk], late)[village.pk].until == midnight
    assert not hours.open_state([village.pk], midnight)[village.pk].is_open
    # Where the next day begins open, the doors don't close at midnight.
    SpecialDay.objects.create(center=village, day=TUESDAY + DAY, opens=dt.time(0), closes=dt.time(2))
    assert hours.open_state([village.pk], late)[village.pk].until == portal_clock.at(TUESDAY + DAY, dt.time(2))


@pytest.mark.parametrize(
    ("opens", "closes"), [(dt.time(17), dt.time(9)), (dt.time(9), dt.time(9)), (None, dt.time(0)), (None, dt.time(9))]
)
def test_the_database_refuses_times_that_are_none(
    pinghu: dict[str, Any], opens: dt.time | None, closes: dt.time
) -> None:
    with pytest.raises(IntegrityError, match="special_day_is_hours_or_shut"), transaction.atomic():
        SpecialDay.objects.create(center=pinghu["平湖市"], day=TUESDAY, opens=opens, closes=closes)
    if opens:
        with pytest.raises(IntegrityError, match="hours_close_after_opening"), transaction.atomic():
            WeeklyHours.objects.create(center=pinghu["平湖市"], day_kind="mon", opens=opens, closes=closes)


def test_a_suspended_center_has_no_next_opening(pinghu: dict[str, Any]) -> None:
    week(pinghu["平湖市"], 9, 17)
    Center.objects.filter(pk=pinghu["水洞埭社区"].pk).update(status=CenterStatus.SUSPENDED)
    state = hours.open_state([pinghu["水洞埭社区"].pk], portal_clock.at(TUESDAY, dt.time(10)))[pinghu["水洞埭社区"].pk]
    assert (state.is_open, state.next_opening) == (False, None)


def test_working_days(pinghu: dict[str, Any]) -> None:
    village = pinghu["水洞埭社区"].pk
    after = hours.workday_after
    assert after(village, TUESDAY, 0) == TUESDAY
    assert after(village, TUESDAY, 3) == dt.date(2026, 11, 27)
    assert after(village, dt.date(2026, 11, 27), 1) == dt.date(2026, 11, 30)
    assert after(village, dt.date(2026, 9, 30), 1) == dt.date(2026, 10, 8)
    assert after(village, dt.date(2026, 10, 9), 1) == dt.date(2026, 10, 10), "the Saturday that pays for the holiday"


def test_an_override_above_changes_the_kind_of_day(pinghu: dict[str, Any]) -> None:
    CalendarOverride.objects.create(center=pinghu["平湖市"], day=TUESDAY, mark=CalendarMark.HOLIDAY, name="市节")
    mark = hours.day_kinds([pinghu["水洞埭社区"].pk], TUESDAY, TUESDAY)[pinghu["水洞埭社区"].pk][TUESDAY]
    assert (mark.kind, mark.name, mark.is_workday) == (DayKind.HOLIDAY, "市节", False)


def test_a_year_not_published_is_said_and_never_fails(pinghu: dict[str, Any]) -> None:
    week(pinghu["平湖市"], 9, 17)
    center = pinghu["水洞埭社区"].pk
    found = hours.open_days([center], dt.date(2026, 12, 31), dt.date(2027, 1, 4))[center]
    assert [day.year_unpublished for day in found.values()] == [False, False, True, True, True]
    assert [day.is_shut for day in found.values()] == [False, True, True, True, False]


def test_one_override_leaves_the_rest_of_its_year_uncertain(pinghu: dict[str, Any]) -> None:
    city, village = pinghu["平湖市"], pinghu["水洞埭社区"].pk
    CalendarOverride.objects.create(center=city, day=dt.date(2027, 1, 1), mark=CalendarMark.HOLIDAY, name="元旦")
    days = [dt.date(2027, 1, 1), dt.date(2027, 1, 4), dt.date(2027, 2, 6)]
    asked = [(village, day) for day in days]
    assert hours.unpublished_days(asked) == set(asked[1:])
    CalendarYear.objects.create(center=city, year=2026)
    assert hours.unpublished_days(asked) == set(asked[1:])
    CalendarYear.objects.create(center=city, year=2027)
    assert hours.unpublished_days(asked) == set()


def test_a_published_year_costs_no_query(pinghu: dict[str, Any], django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert hours.unpublished_days([(pinghu["水洞埭社区"].pk, TUESDAY)]) == set()
    with django_assert_num_queries(2):
        hours.unpublished_days([(center.pk, dt.date(2027, 3, 1)) for center in pinghu.values()])


def test_a_whole_year_is_entered_from_a_file(pinghu: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    file.write_text("2027-02-05,holiday,春节\n2027-02-20,makeup,春节\n", encoding="utf-8-sig")
    for _twice in range(2):
        call_command("publish_year", "2027", str(file), center="330482", stdout=StringIO())
    village = pinghu["水洞埭社区"].pk
    marks = hours.day_kinds([village], dt.date(2027, 1, 1), dt.date(2027, 12, 31))[village]
    assert (marks[dt.date(2027, 2, 5)].kind, marks[dt.date(2027, 2, 20)].kind) == (DayKind.HOLIDAY, DayKind.MAKEUP)
    assert not any(mark.year_unpublished for mark in marks.values())
    assert hours.unpublished_days([(village, dt.date(2028, 3, 1))])


@pytest.mark.parametrize("line", ["2026-02-05,holiday,春节", "2027-02-30,holiday,", "2027-02-05,feast,"])
def test_a_file_that_cannot_be_understood_enters_nothing(pinghu: dict[str, Any], tmp_path: Path, line: str) -> None:
    file = tmp_path / "2027.csv"
    file.write_text(f"2027-05-03,holiday,劳动节\n{line}\n")
    with pytest.raises(CommandError):
        call_command("publish_year", "2027", str(file), center="330482")
    assert not CalendarYear.objects.exists() and not CalendarOverride.objects.exists()


def test_two_queries_for_one_center_and_for_all(pinghu: dict[str, Any], django_assert_num_queries: Any) -> None:
    everyone = [center.pk for center in pinghu.values()]
    for ids in (everyone[:2], everyone):
        with django_assert_num_queries(2):
            assert len(hours.open_days(ids, TUESDAY, TUESDAY + 30 * DAY)) == len(ids)
        with django_assert_num_queries(2):
            hours.open_state(ids)
        with django_assert_num_queries(2):
            hours.day_kinds(ids, TUESDAY, TUESDAY + 30 * DAY)


def test_an_unknown_center_is_left_out(db: None) -> None:
    assert hours.open_days([-1], TUESDAY, TUESDAY) == {}


@pytest.mark.parametrize("shut_first", [True, False])
def test_a_row_without_times_shuts_the_date_whatever_stands_beside_it(pinghu: dict[str, Any], shut_first: bool) -> None:
    rows = [{"opens": None, "closes": None, "reason": "停电"}, {"opens": dt.time(9), "closes": dt.time(12)}]
    for row in rows if shut_first else reversed(rows):
        SpecialDay.objects.create(center=pinghu["平湖市"], day=TUESDAY, **row)
    village = pinghu["水洞埭社区"].pk
    found = hours.open_days([village], TUESDAY, TUESDAY)[village][TUESDAY]
    assert (found.is_shut, found.reason) == (True, "停电")


def test_the_snapshot_says_what_the_database_says(pinghu: dict[str, Any], clock: TestClock) -> None:
    week(pinghu["平湖市"], 9, 17)
    week(pinghu["水洞埭社区"], 10, 22)
    Center.objects.filter(pk=pinghu["花园社区"].pk).update(status=CenterStatus.SUSPENDED)
    public = list(Center.objects.public().values_list("pk", flat=True))
    for hour in (8, 10, 20):
        clock.move_to(portal_clock.at(TUESDAY, dt.time(hour)))
        assert NetworkSnapshot.take().open_states() == hours.open_state(public)
