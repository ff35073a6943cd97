"""Opening hours of centers on dates, resolved from the rules along the tree.

Applies `centers.values.opening` to many centers and dates at once, in two queries whatever their number.
"""

import dataclasses
import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from centers.choices import CalendarMark, CenterStatus, DayKind
from centers.domain import hours_sql
from centers.values.holidays import DayMark, is_published
from centers.values.opening import (
    CalendarEntry,
    OpenDay,
    OtherHours,
    Rules,
    Shutdown,
    mark_day,
    out_of_service,
    resolve_day,
)
from common import clock

# How far ahead the next opening is looked for: longer than the longest public holiday.
LOOK_AHEAD_DAYS = 14
# Whoever comes after work is there by six.
TONIGHT_UNTIL = dt.time(19)

DAY = dt.timedelta(days=1)

Answer = TypeVar("Answer")


@dataclasses.dataclass(frozen=True)
class OpenState:
    """Open state of a center at one moment: `until` when open, `next_opening` (within two weeks) when shut."""

    is_open: bool
    until: dt.datetime | None
    next_opening: dt.datetime | None
    today: OpenDay

    def is_open_tonight(self, now: dt.datetime) -> bool:
        """Whether the center is, or will be, open for an hour of this evening at least."""
        until = clock.at(clock.local(now).date(), TONIGHT_UNTIL)
        return any(end >= until and end > now for _start, end in self.today.spans)


@dataclasses.dataclass(frozen=True)
class _Service:
    """Status of a center, and the dates it was opened and closed on."""

    status: str
    opened_on: dt.date | None
    closed_on: dt.date | None

    @property
    def is_plain(self) -> bool:
        return self.status == CenterStatus.OPERATING and self.opened_on is None and self.closed_on is None


class _Lineages:
    """Lineages of centers on each date of a range."""

    def __init__(self, center_ids: Collection[int], first: dt.date, last: dt.date) -> None:
        self._rows: dict[int, list[tuple[int, dt.date | None, dt.date | None]]] = defaultdict(list)
        self.services: dict[int, _Service] = {}
        moving: set[int] = set()
        for center, ancestor, since, until, *service in hours_sql.lineages(center_ids, first, last):
            self._rows[center].append((ancestor, since, until))
            if center not in self.services:
                self.services[center] = _Service(*service)
            if not ((since is None or since <= first) and (until is None or until > last)):
                moving.add(center)
        self._steady = {
            center: tuple(row[0] for row in rows) for center, rows in self._rows.items() if center not in moving
        }

    def on(self, center: int, day: dt.date) -> tuple[int, ...]:
        steady = self._steady.get(center)
        if steady is not None:
            return steady
        rows = self._rows[center]
        return tuple(
            above for above, since, until in rows if (since is None or since <= day) and (until is None or day < until)
        )

    @property
    def everyone(self) -> list[int]:
        return list({row[0] for rows in self._rows.values() for row in rows})


def dates(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Dates from `first` to `last`, both included."""
    for offset in range((last - first).days + 1):
        yield first + dt.timedelta(days=offset)


def day_kinds(center_ids: Collection[int], first: dt.date, last: dt.date) -> dict[int, dict[dt.date, DayMark]]:
    """Kind of day of each date from `first` to `last` (included) at each center. Two queries."""
    lineages = _Lineages(center_ids, first, last)
    rules = _rules(lineages.everyone, first, last)
    return _resolved(
        lineages, rules.centers_with_calendar_rules(), dates(first, last), functools.partial(mark_day, rules)
    )


def _resolved(
    lineages: _Lineages,
    with_rules: Collection[int],
    days: Iterable[dt.date],
    answer: Callable[[tuple[int, ...], dt.date], Answer],
) -> dict[int, dict[dt.date, Answer]]:
    """Resolve each center and day by its ancestors that have rules (`with_rules`), nearest first.

    Few centers have rules of their own: those with the same relevant ancestors share one answer.
    """
    known: dict[tuple[tuple[int, ...], dt.date], Answer] = {}
    found: dict[int, dict[dt.date, Answer]] = {center: {} for center in lineages.services}
    for day in days:
        for center, answers in found.items():
            ancestors = tuple(above for above in lineages.on(center, day) if above in with_rules)
            if (ancestors, day) not in known:
                known[ancestors, day] = answer(ancestors, day)
            answers[day] = known[ancestors, day]
    return found


def unpublished_days(asked: Iterable[tuple[int, dt.date]]) -> set[tuple[int, dt.date]]:
    """Pairs of a center and a date that may yet become a holiday or a make-up workday: their year isn't published.

    Two queries; none where the national calendar knows the years.
    """
    unknown = {(center, day) for center, day in asked if not is_published(day.year)}
    if not unknown:
        return set()
    days = [day for _center, day in unknown]
    marks = day_kinds({center for center, _day in unknown}, min(days), max(days))
    return {(center, day) for center, day in unknown if center in marks and marks[center][day].year_unpublished}


def reach_of(workdays: int) -> int:
    """Number of days that certainly contain so many working days.

    No holiday makes more than one day in two, and a fortnight, free.
    """
    return workdays * 2 + LOOK_AHEAD_DAYS


def nth_workday(days: Mapping[dt.date, DayMark | OpenDay], after: dt.date, count: int) -> dt.date:
    """The `count`-th working day after a day (the day itself for 0), among days in order.

    The last of them where there are too few.
    """
    if count <= 0:
        return after
    workdays = [day for day, mark in days.items() if day > after and mark.is_workday]
    return workdays[count - 1] if len(workdays) >= count else max(days)


def workdays_after(center_ids: Collection[int], day: dt.date, count: int) -> dict[int, dt.date]:
    """The `count`-th working day after `day` at each center, as deadlines in working days are counted."""
    if count <= 0:
        return dict.fromkeys(center_ids, day)
    marks = day_kinds(center_ids, day + DAY, day + reach_of(count) * DAY)
    return {center: nth_workday(of_center, day, count) for center, of_center in marks.items()}


def workday_after(center_id: int, day: dt.date, count: int) -> dt.date:
    """`workdays_after` of one center."""
    return workdays_after([center_id], day, count)[center_id]


def open_days(center_ids: Collection[int], first: dt.date, last: dt.date) -> dict[int, dict[dt.date, OpenDay]]:
    """Opening of each center on each date from `first` to `last` (included). Two queries.

    Unknown ids are left out.
    """
    lineages = _Lineages(center_ids, first, last)
    rules = _rules(lineages.everyone, first, last)
    found = _resolved(lineages, rules.centers_with_rules(), dates(first, last), functools.partial(resolve_day, rules))
    for center, service in lineages.services.items():
        if not service.is_plain:
            limits = dataclasses.asdict(service)
            found[center] = {day: out_of_service(answer, on=day, **limits) for day, answer in found[center].items()}
    return found


def open_state(center_ids: Collection[int], now: dt.datetime | None = None) -> dict[int, OpenState]:
    """Open state of each center at `now` (the present). Two queries for all of them together."""
    moment = now or clock.now()
    today = clock.local(moment).date()
    days = open_days(center_ids, today, today + LOOK_AHEAD_DAYS * DAY)
    return {center: state_in(of_center, moment) for center, of_center in days.items()}


def state_in(days: Mapping[dt.date, OpenDay], moment: dt.datetime) -> OpenState:
    """Open state of a center at `moment`, given its opening on that day and the days after it, in order."""
    today = next(iter(days.values()))
    until = next((closes for opens, closes in today.spans if opens <= moment < closes), None)
    if until is not None:
        return OpenState(True, _through_midnight(days, until), None, today)
    coming = next((opens for day in days.values() for opens, _closes in day.spans if opens > moment), None)
    return OpenState(False, None, coming, today)


def _through_midnight(days: Mapping[dt.date, OpenDay], until: dt.datetime) -> dt.datetime:
    """End of an opening that goes on through midnight into the next day's."""
    for day in days.values():
        if day.spans and day.spans[0][0] == until:
            until = day.spans[0][1]
    return until


def _rules(centers: list[int], first: dt.date, last: dt.date) -> Rules:
    """Load the opening rules of these centers between two dates."""
    weekly: dict[int, dict[DayKind, list[Any]]] = defaultdict(lambda: defaultdict(list))
    special_days: dict[tuple[int, dt.date], list[Any]] = defaultdict(list)
    closures: dict[int, list[Shutdown]] = defaultdict(list)
    overrides: dict[tuple[int, dt.date], CalendarEntry] = {}
    complete_years: set[tuple[int, int]] = set()
    for what, center, mark, day, opens, closes, starts_at, ends_at, words in hours_sql.rules_of(centers, first, last):
        if what == "week":
            weekly[center][DayKind(mark)].append((opens, closes))
        elif what == "special_day":
            special_days[center, day].append((opens, closes, words))
        elif what == "closure":
            closures[center].append(Shutdown(starts_at, ends_at, words))
        elif what == "year":
            complete_years.add((center, day.year))
        else:
            overrides[center, day] = CalendarEntry(CalendarMark(mark), words)
    return Rules(
        weekly={center: dict(week) for center, week in weekly.items()},
        special_days={key: _other_hours(rows) for key, rows in special_days.items()},
        closures=dict(closures),
        overrides=overrides,
        complete_years=frozenset(complete_years),
    )


def _other_hours(rows: list[Any]) -> OtherHours:
    """Other hours of a date from its rows: a row without times shuts the date, whatever the others say."""
    is_shut = any(opens is None for opens, _closes, _reason in rows)
    times = () if is_shut else tuple((opens, closes) for opens, closes, _reason in rows)
    return OtherHours(times, next((reason for *_times, reason in rows if reason), ""))
