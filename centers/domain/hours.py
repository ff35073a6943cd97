"""When doors are open.

The rules of `centers.values.opening` over many centers and dates, in a constant number of queries.

Two queries each, for any number of centers and dates.
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

DAY = dt.timedelta(days=1)

Answer = TypeVar("Answer")


@dataclasses.dataclass(frozen=True)
class OpenState:
    """Whether a center is open at one moment; until when if so, from when if it will be within two weeks.

    `today` says the rest.
    """

    is_open: bool
    until: dt.datetime | None
    next_opening: dt.datetime | None
    today: OpenDay


@dataclasses.dataclass(frozen=True)
class _Service:
    """From when to when, and whether, a center is at work at all."""

    status: str
    opened_on: dt.date | None
    closed_on: dt.date | None

    @property
    def is_plain(self) -> bool:
        return self.status == CenterStatus.OPERATING and self.opened_on is None and self.closed_on is None


class _Lineages:
    """Who stood above whom on each date of a stretch: one query."""

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
    """Every date from `first` to `last`, both included."""
    for offset in range((last - first).days + 1):
        yield first + dt.timedelta(days=offset)


def day_kinds(center_ids: Collection[int], first: dt.date, last: dt.date) -> dict[int, dict[dt.date, DayMark]]:
    """What kind of day each date from `first` to `last` (included) is at each center. Two queries."""
    lineages = _Lineages(center_ids, first, last)
    rules = _rules(lineages.everyone, first, last)
    return _resolved(lineages, rules.calendar_speakers(), dates(first, last), functools.partial(mark_day, rules))


def _resolved(
    lineages: _Lineages,
    speakers: Collection[int],
    days: Iterable[dt.date],
    answer: Callable[[tuple[int, ...], dt.date], Answer],
) -> dict[int, dict[dt.date, Answer]]:
    """The answer for each center and day, by those above it who say anything (`speakers`), nearest first.

    Hardly a center says anything of its own: those that hear the same share one answer.
    """
    known: dict[tuple[tuple[int, ...], dt.date], Answer] = {}
    found: dict[int, dict[dt.date, Answer]] = {center: {} for center in lineages.services}
    for day in days:
        for center, answers in found.items():
            heard = tuple(above for above in lineages.on(center, day) if above in speakers)
            if (heard, day) not in known:
                known[heard, day] = answer(heard, day)
            answers[day] = known[heard, day]
    return found


def unpublished_days(asked: Iterable[tuple[int, dt.date]]) -> set[tuple[int, dt.date]]:
    """Those of the pairs of a center and a date that may prove a holiday yet, or a make-up workday.

    What is promised for them may change. Two queries; none where the national calendar knows the years.
    """
    unknown = {(center, day) for center, day in asked if not is_published(day.year)}
    if not unknown:
        return set()
    days = [day for _center, day in unknown]
    marks = day_kinds({center for center, _day in unknown}, min(days), max(days))
    return {(center, day) for center, day in unknown if center in marks and marks[center][day].year_unpublished}


def reach_of(workdays: int) -> int:
    """How many days hold so many working days for certain.

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
    """The `count`-th working day after `day` at each center: how deadlines in working days are counted. Two queries."""
    if count <= 0:
        return dict.fromkeys(center_ids, day)
    marks = day_kinds(center_ids, day + DAY, day + reach_of(count) * DAY)
    return {center: nth_workday(of_center, day, count) for center, of_center in marks.items()}


def workday_after(center_id: int, day: dt.date, count: int) -> dt.date:
    """`workdays_after` of one center."""
    return workdays_after([center_id], day, count)[center_id]


def open_days(center_ids: Collection[int], first: dt.date, last: dt.date) -> dict[int, dict[dt.date, OpenDay]]:
    """The opening of each center on each date from `first` to `last` (included). Two queries.

    Unknown ids are left out.
    """
    lineages = _Lineages(center_ids, first, last)
    rules = _rules(lineages.everyone, first, last)
    found = _resolved(lineages, rules.speakers(), dates(first, last), functools.partial(resolve_day, rules))
    for center, service in lineages.services.items():
        if not service.is_plain:
            limits = dataclasses.asdict(service)
            found[center] = {day: out_of_service(answer, on=day, **limits) for day, answer in found[center].items()}
    return found


def open_state(center_ids: Collection[int], now: dt.datetime | None = None) -> dict[int, OpenState]:
    """Whether each center is open at `now` (the present). Two queries for all of them together."""
    moment = now or clock.now()
    today = clock.local(moment).date()
    days = open_days(center_ids, today, today + LOOK_AHEAD_DAYS * DAY)
    return {center: state_in(of_center, moment) for center, of_center in days.items()}


def state_in(days: Mapping[dt.date, OpenDay], moment: dt.datetime) -> OpenState:
    """Whether a center is open at `moment`, given its opening on that day and the days after it, in order. No query."""
    today = next(iter(days.values()))
    until = next((closes for opens, closes in today.spans if opens <= moment < closes), None)
    if until is not None:
        return OpenState(True, _through_midnight(days, until), None, today)
    coming = next((opens for day in days.values() for opens, _closes in day.spans if opens > moment), None)
    return OpenState(False, None, coming, today)


def _through_midnight(days: Mapping[dt.date, OpenDay], until: dt.datetime) -> dt.datetime:
    """When the doors really close: not at midnight, if the next day begins open."""
    for day in days.values():
        if day.spans and day.spans[0][0] == until:
            until = day.spans[0][1]
    return until


def _rules(centers: list[int], first: dt.date, last: dt.date) -> Rules:
    """What these centers say about opening between two dates. One query."""
    weekly: dict[int, dict[DayKind, list[Any]]] = defaultdict(lambda: defaultdict(list))
    special_days: dict[tuple[int, dt.date], list[Any]] = defaultdict(list)
    closures: dict[int, list[Shutdown]] = defaultdict(list)
    overrides: dict[tuple[int, dt.date], CalendarEntry] = {}
    complete_years: set[tuple[int, int]] = set()
    for what, center, mark, day, opens, closes, starts_at, ends_at, words in hours_sql.said(centers, first, last):
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
    """A row without times shuts the date, whatever stands beside it."""
    is_shut = any(opens is None for opens, _closes, _reason in rows)
    times = () if is_shut else tuple((opens, closes) for opens, closes, _reason in rows)
    return OtherHours(times, next((reason for *_times, reason in rows if reason), ""))
