"""The rules of opening against a slow reference, minute by minute, and the cases people will ask about."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centers.choices import CalendarMark, CenterStatus, DayKind
from centers.values.holidays import LAST_YEAR, national_mark
from centers.values.opening import (
    END_OF_DAY,
    CalendarEntry,
    OpenDay,
    OtherHours,
    Rules,
    Shutdown,
    closing_text,
    mark_day,
    out_of_service,
    resolve_day,
    span_on,
)
from common import clock
from common.intervals import covers, merge, subtract

VILLAGE, TOWN, CITY = 3, 2, 1
LINEAGE = (VILLAGE, TOWN, CITY)
MONDAY, NATIONAL_DAY, MAKEUP = dt.date(2026, 11, 23), dt.date(2026, 10, 1), dt.date(2026, 10, 10)
NINE, NOON, FIVE = dt.time(9), dt.time(12), dt.time(17)
ROUND_THE_CLOCK = ((dt.time(0), END_OF_DAY),)
OFFICE = {kind: ((NINE, FIVE),) for kind in DayKind if kind not in (DayKind.HOLIDAY, DayKind.MAKEUP)}

times = st.integers(0, 95).map(lambda quarter: dt.time(quarter // 4, quarter % 4 * 15))
stretches = st.lists(
    st.tuples(times, times).filter(lambda pair: pair[0] < pair[1] or pair[1] == END_OF_DAY), max_size=2
).map(tuple)
days = st.dates(dt.date(2026, 9, 20), dt.date(2027, 1, 20))
weeks = st.fixed_dictionaries({}, optional=dict.fromkeys(DayKind, stretches)).map(
    lambda week: {kind: spans for kind, spans in week.items() if spans}
)


def at_some(values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[int, Any]]:
    """Something said by none, some or all of the levels."""
    return st.fixed_dictionaries({}, optional=dict.fromkeys(LINEAGE, values))


@st.composite
def rules_about(draw: Any, day: dt.date) -> Rules:
    """Whatever the levels above a center may say about one day."""
    starts = st.integers(-600, 1800).map(lambda minutes: clock.midnight(day) + dt.timedelta(minutes=minutes))
    closures = st.builds(
        lambda start, length: Shutdown(start, start + dt.timedelta(minutes=length), "x"), starts, st.integers(1, 900)
    )
    overrides = draw(at_some(st.sampled_from(list(CalendarMark))))
    return Rules(
        weekly=draw(at_some(weeks)),
        special_days={(center, day): OtherHours(spans, "") for center, spans in draw(at_some(stretches)).items()},
        closures=draw(at_some(st.lists(closures, max_size=2))),
        overrides={(center, day): CalendarEntry(mark, "") for center, mark in overrides.items()},
        complete_years=frozenset((center, day.year) for center in draw(at_some(st.none()))),
    )


def is_open_by_the_book(rules: Rules, day: dt.date, moment: dt.datetime) -> bool:
    """The rules read aloud, for one moment, without caring for speed."""
    for center in LINEAGE:
        if any(closure.start <= moment < closure.end for closure in rules.closures.get(center, ())):
            return False
    for center in LINEAGE:
        if (center, day) in rules.special_days:
            return within(rules.special_days[center, day].times, day, moment)
    kind = kind_by_the_book(rules, day)
    for center in LINEAGE:
        if center in rules.weekly:
            week = rules.weekly[center]
            if kind == "makeup" and "makeup" not in week:
                kind = DayKind.MON
            return within(week.get(kind, ()), day, moment)
    return False


def kind_by_the_book(rules: Rules, day: dt.date) -> DayKind:
    for center in LINEAGE:
        if (center, day) in rules.overrides:
            mark = rules.overrides[center, day].mark
            return list(DayKind)[day.weekday()] if mark == "ordinary" else DayKind(mark)
    return national_mark(day).kind


def within(times: Any, day: dt.date, moment: dt.datetime) -> bool:
    now = clock.local(moment).time()
    return clock.local(moment).date() == day and any(
        opens <= now and (now < closes or closes == END_OF_DAY) for opens, closes in times
    )


@given(st.data())
def test_spans_agree_with_the_rules_minute_by_minute(data: st.DataObject) -> None:
    day = data.draw(days)
    rules = data.draw(rules_about(day))
    opened = resolve_day(rules, LINEAGE, day)
    for minute in range(0, 24 * 60, 7):
        moment = clock.midnight(day) + dt.timedelta(minutes=minute)
        assert any(start <= moment < end for start, end in opened.spans) == is_open_by_the_book(rules, day, moment)
    assert all(before[1] < after[0] for before, after in zip(opened.spans, opened.spans[1:], strict=False))


@given(st.data())
def test_only_who_says_something_matters(data: st.DataObject) -> None:
    day = data.draw(days)
    rules = data.draw(rules_about(day))
    relevant = tuple(center for center in LINEAGE if center in rules.centers_with_rules())
    assert resolve_day(rules, relevant, day) == resolve_day(rules, LINEAGE, day)


numbers = st.tuples(st.integers(0, 40), st.integers(0, 40))


@given(st.lists(numbers, max_size=5), st.lists(numbers, max_size=5))
def test_subtracting_spans_is_subtracting_sets(spans: list[Any], cuts: list[Any]) -> None:
    def points(pairs: Any) -> set[int]:
        return {point for start, end in pairs for point in range(start, end)}

    assert points(subtract(spans, cuts)) == points(spans) - points(cuts)
    assert points(merge(spans)) == points(spans)


def spans_on(day: dt.date, rules: Rules) -> list[tuple[str, str]]:
    return [(f"{clock.local(a):%H:%M}", f"{clock.local(b):%H:%M}") for a, b in resolve_day(rules, LINEAGE, day).spans]


def test_the_nearest_week_replaces_the_whole_week() -> None:
    rules = Rules(weekly={CITY: OFFICE, VILLAGE: {DayKind.SAT: ((NINE, NOON),)}})
    assert spans_on(MONDAY, rules) == []
    assert spans_on(MONDAY + dt.timedelta(days=5), rules) == [("09:00", "12:00")]


def test_what_closes_at_midnight_is_open_until_the_day_is_over() -> None:
    rules = Rules(
        weekly={CITY: {DayKind.MON: ((FIVE, END_OF_DAY),)}},
        special_days={(VILLAGE, NATIONAL_DAY): OtherHours(ROUND_THE_CLOCK, "")},
    )
    evening, whole = resolve_day(rules, LINEAGE, MONDAY), resolve_day(rules, LINEAGE, NATIONAL_DAY)
    assert evening.spans == ((clock.at(MONDAY, FIVE), clock.midnight(MONDAY + dt.timedelta(days=1))),)
    assert whole.spans == ((clock.midnight(NATIONAL_DAY), clock.midnight(NATIONAL_DAY + dt.timedelta(days=1))),)
    assert covers(evening.spans, (clock.at(MONDAY, dt.time(23)), clock.midnight(MONDAY + dt.timedelta(days=1))))


def test_midnight_as_an_opening_time_is_the_beginning() -> None:
    assert span_on(MONDAY, (dt.time(0), NINE)) == (clock.midnight(MONDAY), clock.at(MONDAY, NINE))
    assert [closing_text(closes) for closes in (END_OF_DAY, FIVE)] == ["24:00", "17:00"]


def test_the_nearest_exception_wins_even_over_a_shut_one_above() -> None:
    rules = Rules(
        weekly={CITY: OFFICE},
        special_days={(CITY, MONDAY): OtherHours((), "停电"), (TOWN, MONDAY): OtherHours(((NINE, NOON),), "")},
    )
    assert spans_on(MONDAY, rules) == [("09:00", "12:00")]


def test_a_closure_above_wins_over_everything_below() -> None:
    shut = Shutdown(clock.at(MONDAY, NOON), clock.at(MONDAY, FIVE), "台风")
    rules = Rules(
        weekly={VILLAGE: OFFICE},
        special_days={(VILLAGE, MONDAY): OtherHours(((NINE, FIVE),), "")},
        closures={CITY: [shut]},
    )
    assert spans_on(MONDAY, rules) == [("09:00", "12:00")]
    assert resolve_day(rules, LINEAGE, MONDAY).reason == "台风"


def test_holidays_are_shut_and_makeup_days_are_mondays_unless_the_week_says_otherwise() -> None:
    plain = Rules(weekly={CITY: OFFICE})
    assert spans_on(NATIONAL_DAY, plain) == []
    assert spans_on(MAKEUP, plain) == [("09:00", "17:00")]
    spoken = Rules(weekly={CITY: {**OFFICE, DayKind.HOLIDAY: ((NINE, NOON),), DayKind.MAKEUP: ((NOON, FIVE),)}})
    assert spans_on(NATIONAL_DAY, spoken) == [("09:00", "12:00")]
    assert spans_on(MAKEUP, spoken) == [("12:00", "17:00")]


UNPUBLISHED = LAST_YEAR + 1
FIXED = [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)]


def dates_of(year: int) -> list[dt.date]:
    return [dt.date(year, 1, 1) + dt.timedelta(days=offset) for offset in range(365)]


def test_in_a_year_without_arrangement_only_the_holidays_fixed_by_date_are_certain() -> None:
    marks = {day: mark_day(Rules(), LINEAGE, day) for day in dates_of(UNPUBLISHED)}
    certain = {(day.month, day.day): mark.kind for day, mark in marks.items() if not mark.year_unpublished}
    assert certain == dict.fromkeys(FIXED, DayKind.HOLIDAY)
    assert all(mark.kind == list(DayKind)[day.weekday()] for day, mark in marks.items() if mark.year_unpublished)
    new_year = resolve_day(Rules(weekly={CITY: OFFICE}), LINEAGE, dt.date(UNPUBLISHED, 1, 1))
    assert (str(new_year.name_of_holiday), new_year.is_shut, new_year.is_workday) == ("元旦", True, False)


def test_every_fixed_holiday_is_one_in_the_years_published_since() -> None:
    assert {national_mark(dt.date(LAST_YEAR, *date)).kind for date in FIXED} == {DayKind.HOLIDAY}


def test_an_override_settles_its_own_date_alone() -> None:
    monday = next(day for day in dates_of(UNPUBLISHED)[31:] if day.weekday() == 0)
    rules = Rules(weekly={CITY: OFFICE}, overrides={(CITY, monday): CalendarEntry(CalendarMark.HOLIDAY, "春节")})
    opened = resolve_day(rules, LINEAGE, monday)
    assert (opened.kind, opened.name_of_holiday, opened.year_unpublished) == (DayKind.HOLIDAY, "春节", False)
    assert sum(mark_day(rules, LINEAGE, day).year_unpublished for day in dates_of(UNPUBLISHED)) == 365 - 6 - 1


@pytest.mark.parametrize(("speaker", "uncertain"), [(CITY, 0), (VILLAGE, 0), (99, 359)])
def test_a_year_is_known_where_its_calendar_is_said_to_be_complete(speaker: int, uncertain: int) -> None:
    rules = Rules(complete_years=frozenset({(speaker, UNPUBLISHED)}))
    assert sum(mark_day(rules, LINEAGE, day).year_unpublished for day in dates_of(UNPUBLISHED)) == uncertain
    assert mark_day(rules, LINEAGE, dt.date(UNPUBLISHED, 10, 1)).kind == DayKind.HOLIDAY
    assert mark_day(rules, LINEAGE, dt.date(UNPUBLISHED + 1, 1, 4)).year_unpublished


def test_the_nearest_override_can_take_back_a_holiday() -> None:
    rules = Rules(overrides={(TOWN, NATIONAL_DAY): CalendarEntry(CalendarMark.ORDINARY, "")})
    assert mark_day(rules, LINEAGE, NATIONAL_DAY).kind == DayKind.THU
    assert mark_day(rules, (CITY,), NATIONAL_DAY).kind == DayKind.HOLIDAY


def test_nobody_entered_hours() -> None:
    opened = resolve_day(Rules(), LINEAGE, MONDAY)
    assert opened.is_shut
    assert opened.hours_unset


@pytest.mark.parametrize(
    ("status", "opened_on", "closed_on", "is_shut"),
    [
        (CenterStatus.OPERATING, MONDAY, None, False),
        (CenterStatus.OPERATING, MONDAY + dt.timedelta(days=1), None, True),
        (CenterStatus.OPERATING, None, MONDAY, True),
        (CenterStatus.OPERATING, None, MONDAY + dt.timedelta(days=1), False),
        (CenterStatus.SUSPENDED, None, None, True),
        (CenterStatus.PLANNED, None, None, True),
    ],
)
def test_a_center_out_of_service_is_shut(status: str, opened_on: Any, closed_on: Any, is_shut: bool) -> None:
    day: OpenDay = resolve_day(Rules(weekly={CITY: OFFICE}), LINEAGE, MONDAY)
    assert out_of_service(day, status=status, opened_on=opened_on, closed_on=closed_on, on=MONDAY).is_shut is is_shut
