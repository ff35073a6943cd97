"""When doors are open: the rules of `centers.opening` over many centers and dates, in a constant number of queries.

`open_days` and `open_state` run five queries for any number of centers and dates, `day_kinds` two.
"""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F

from centers.choices import CalendarMark, CenterStatus, DayKind
from centers.holidays import DayMark
from centers.models import CalendarOverride, CenterAncestor, Closure, HoursException, WeeklyHours
from centers.opening import CalendarEntry, OpenDay, OtherHours, Rules, Shutdown, mark_day, out_of_service, resolve_day
from common import clock

# How far ahead the next opening is looked for: longer than the longest public holiday.
LOOK_AHEAD_DAYS = 14

DAY = dt.timedelta(days=1)


@dataclasses.dataclass(frozen=True)
class OpenState:
    """Whether a center is open at one moment; until when if so, from when if it will be within two weeks. `today` says the rest."""

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
        self._rows: dict[int, list[tuple[int, Any]]] = defaultdict(list)
        self.services: dict[int, _Service] = {}
        stretch = DateRange(first, last, "[]")
        rows = CenterAncestor.objects.filter(center__in=list(center_ids), valid__overlap=stretch).order_by("center_id", "depth")
        fields = ("center_id", "ancestor_id", "valid", "center__status", "center__opened_on", "center__closed_on")
        moving: set[int] = set()
        for center, ancestor, valid, *service in rows.values_list(*fields):
            self._rows[center].append((ancestor, valid))
            self.services.setdefault(center, _Service(*service))
            if not ((valid.lower is None or valid.lower <= first) and (valid.upper is None or valid.upper > last)):
                moving.add(center)
        self._steady = {center: tuple(row[0] for row in rows) for center, rows in self._rows.items() if center not in moving}

    def on(self, center: int, day: dt.date) -> tuple[int, ...]:
        steady = self._steady.get(center)
        if steady is not None:
            return steady
        return tuple(ancestor for ancestor, valid in self._rows[center] if day in valid)

    @property
    def everyone(self) -> list[int]:
        return list({ancestor for rows in self._rows.values() for ancestor, _valid in rows})


def dates(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Every date from `first` to `last`, both included."""
    for offset in range((last - first).days + 1):
        yield first + dt.timedelta(days=offset)


def day_kinds(center_ids: Collection[int], first: dt.date, last: dt.date) -> dict[int, dict[dt.date, DayMark]]:
    """What kind of day each date from `first` to `last` (included) is at each center. Two queries."""
    lineages = _Lineages(center_ids, first, last)
    rules = _calendar(Rules(), lineages.everyone, first, last)
    return {center: {day: mark_day(rules, lineages.on(center, day), day) for day in dates(first, last)} for center in lineages.services}


def workday_after(center_id: int, day: dt.date, count: int) -> dt.date:
    """The `count`-th working day after `day` at a center (`day` itself for 0): how deadlines in working days are reckoned. Two queries."""
    if count <= 0:
        return day
    # No holiday is long enough to make more than one day in two, and a fortnight besides, free.
    last = day + (count * 2 + LOOK_AHEAD_DAYS) * DAY
    marks = day_kinds([center_id], day + DAY, last)[center_id]
    workdays = [date for date, mark in marks.items() if mark.is_workday]
    return workdays[count - 1] if len(workdays) >= count else last


def open_days(center_ids: Collection[int], first: dt.date, last: dt.date) -> dict[int, dict[dt.date, OpenDay]]:
    """The opening of each center on each date from `first` to `last` (included). Five queries. Unknown ids are left out."""
    lineages = _Lineages(center_ids, first, last)
    rules = _rules(lineages.everyone, first, last)
    speakers = rules.speakers()
    known: dict[tuple[tuple[int, ...], dt.date], OpenDay] = {}
    found: dict[int, dict[dt.date, OpenDay]] = {}
    for center, service in lineages.services.items():
        found[center] = {}
        for day in dates(first, last):
            # Most centers have nothing of their own: those that inherit the same share one answer.
            heard = tuple(above for above in lineages.on(center, day) if above in speakers)
            answer = known.get((heard, day))
            if answer is None:
                answer = known[heard, day] = resolve_day(rules, heard, day)
            found[center][day] = answer if service.is_plain else out_of_service(answer, on=day, **dataclasses.asdict(service))
    return found


def open_state(center_ids: Collection[int], now: dt.datetime | None = None) -> dict[int, OpenState]:
    """Whether each center is open at `now` (the present). Five queries for all of them together."""
    moment = now or clock.now()
    today = clock.local(moment).date()
    days = open_days(center_ids, today, today + LOOK_AHEAD_DAYS * DAY)
    return {center: _state(list(of_center.values()), moment) for center, of_center in days.items()}


def _state(days: list[OpenDay], moment: dt.datetime) -> OpenState:
    today = days[0]
    until = next((closes for opens, closes in today.spans if opens <= moment < closes), None)
    if until is not None:
        return OpenState(True, until, None, today)
    coming = next((opens for day in days for opens, _closes in day.spans if opens > moment), None)
    return OpenState(False, None, coming, today)


def _rules(centers: list[int], first: dt.date, last: dt.date) -> Rules:
    """What these centers say about opening between two dates. Four queries."""
    rules = _calendar(Rules(), centers, first, last)
    weekly: dict[int, dict[DayKind, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for center, kind, opens, closes in WeeklyHours.objects.filter(center__in=centers).values_list(
        "center_id", "day_kind", "opens", "closes"
    ):
        weekly[center][DayKind(kind)].append((opens, closes))
    rules.weekly = {center: dict(week) for center, week in weekly.items()}
    rules.exceptions = _exceptions(centers, first, last)
    closures: dict[int, list[Shutdown]] = defaultdict(list)
    shut = Closure.objects.filter(center__in=centers, starts_at__lt=clock.midnight(last + DAY), ends_at__gt=clock.midnight(first))
    for center, start, end, reason in shut.values_list("center_id", "starts_at", "ends_at", "reason"):
        closures[center].append(Shutdown(start, end, reason))
    rules.closures = dict(closures)
    return rules


def _exceptions(centers: list[int], first: dt.date, last: dt.date) -> dict[tuple[int, dt.date], OtherHours]:
    rows: dict[tuple[int, dt.date], list[Any]] = defaultdict(list)
    found = HoursException.objects.filter(center__in=centers, day__range=(first, last)).order_by("day", F("opens").asc(nulls_first=True))
    for center, day, *row in found.values_list("center_id", "day", "opens", "closes", "reason"):
        rows[center, day].append(row)
    answers = {}
    for key, exceptions in rows.items():
        # A row without times shuts the date, whatever stands beside it.
        is_shut = any(opens is None for opens, _closes, _reason in exceptions)
        times = () if is_shut else tuple((opens, closes) for opens, closes, _reason in exceptions)
        answers[key] = OtherHours(times, next((reason for *_times, reason in exceptions if reason), ""))
    return answers


def _calendar(rules: Rules, centers: list[int], first: dt.date, last: dt.date) -> Rules:
    """Add the calendar overrides of these centers, for whole years: one entry tells that a year's arrangement is known. One query."""
    years = (dt.date(first.year, 1, 1), dt.date(last.year, 12, 31))
    rows = list(CalendarOverride.objects.filter(center__in=centers, day__range=years).values_list("center_id", "day", "mark", "name"))
    rules.overrides = {(center, day): CalendarEntry(CalendarMark(mark), name) for center, day, mark, name in rows if first <= day <= last}
    rules.arranged_years = frozenset((center, day.year) for center, day, _mark, _name in rows)
    return rules
