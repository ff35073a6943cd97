"""Opening rules for one center and one date.

Pure, without database or clock, so that they can be tested to the bottom.

How the tree hands them down (docs/mechanisms/opening-hours.md): weekly hours come whole from the nearest level that has
any; other hours of one date come from the nearest level that has any for it; a closure at any level always wins.
"""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from centers.choices import PUBLIC_OPEN, CalendarMark, DayKind
from centers.values.holidays import DayMark, national_mark, weekday
from common import clock
from common.intervals import EVER, Span, merge, subtract

TimeSpan = tuple[dt.time, dt.time]
# As a closing time: 24:00, which no `time` can say. As an opening time it is what it says, the first moment of the day.
END_OF_DAY = dt.time.min
ONE_DAY = dt.timedelta(days=1)


@dataclasses.dataclass(frozen=True)
class OpenDay:
    """A date at a center.

    `spans`: aware, half-open, in order, with special days and closures already taken into account.
    """

    kind: DayKind
    name_of_holiday: Any
    spans: tuple[Span, ...]
    reason: Any
    year_unpublished: bool
    hours_unset: bool = False

    @property
    def is_shut(self) -> bool:
        return not self.spans

    @property
    def is_workday(self) -> bool:
        return DayMark(self.kind).is_workday

    @cached_property
    def shut_spans(self) -> tuple[Span, ...]:
        """Times outside the opening of this date."""
        return subtract([EVER], self.spans)


@dataclasses.dataclass(frozen=True)
class OtherHours:
    """Other hours of a date, by the nearest special day: these times, or none (shut), and the reason."""

    times: tuple[TimeSpan, ...]
    reason: str


@dataclasses.dataclass(frozen=True)
class Shutdown:
    """A closure: shut in [start, end), whatever the hours say."""

    start: dt.datetime
    end: dt.datetime
    reason: str


@dataclasses.dataclass(frozen=True)
class CalendarEntry:
    mark: CalendarMark
    name: str


@dataclasses.dataclass
class Rules:
    """Opening rules of centers, by the id of the center that sets them."""

    weekly: Mapping[int, Mapping[DayKind, Sequence[TimeSpan]]] = dataclasses.field(default_factory=dict)
    special_days: Mapping[tuple[int, dt.date], OtherHours] = dataclasses.field(default_factory=dict)
    closures: Mapping[int, Sequence[Shutdown]] = dataclasses.field(default_factory=dict)
    overrides: Mapping[tuple[int, dt.date], CalendarEntry] = dataclasses.field(default_factory=dict)
    complete_years: frozenset[tuple[int, int]] = frozenset()

    def centers_with_rules(self) -> frozenset[int]:
        """Ids of centers that have any rules: of a lineage, only these affect a date."""
        return self.centers_with_calendar_rules() | frozenset(
            [*self.weekly, *self.closures, *(center for center, _day in self.special_days)]
        )

    def centers_with_calendar_rules(self) -> frozenset[int]:
        """Ids of centers that set the kind of day of any date."""
        return frozenset(center for center, _when in [*self.overrides, *self.complete_years])


def span_on(day: dt.date, times: TimeSpan) -> Span:
    """[opens, closes) on `day`. The only place that knows what closing at END_OF_DAY means."""
    opens, closes = times
    return clock.at(day, opens), clock.midnight(day + ONE_DAY) if closes == END_OF_DAY else clock.at(day, closes)


def closing_text(closes: dt.time) -> str:
    """17:30 or 24:00, as a closing time is typed and stored words show it."""
    return "24:00" if closes == END_OF_DAY else f"{closes:%H:%M}"


def mark_day(rules: Rules, lineage: Sequence[int], day: dt.date) -> DayMark:
    """Kind of `day`: the nearest calendar override, else the national calendar, else the weekday.

    An override settles its own date. The others of an unpublished year are certain only where a center of the lineage
    says that its calendar of that year is complete.
    """
    national = national_mark(day)
    entry = next((rules.overrides[center, day] for center in lineage if (center, day) in rules.overrides), None)
    if entry is None:
        is_complete = national.year_unpublished and any(
            (center, day.year) in rules.complete_years for center in lineage
        )
        return DayMark(national.kind, national.name) if is_complete else national
    if entry.mark == CalendarMark.ORDINARY:
        return DayMark(weekday(day), entry.name)
    return DayMark(DayKind(entry.mark), entry.name or national.name)


def weekly_times(week: Mapping[DayKind, Sequence[TimeSpan]], kind: DayKind) -> Sequence[TimeSpan]:
    """Weekly hours of a kind of day.

    A week that says nothing of holidays is shut on them; nothing of make-up workdays, has Monday's then.
    """
    if kind == DayKind.MAKEUP and DayKind.MAKEUP not in week:
        kind = DayKind.MON
    return week.get(kind, ())


def resolve_day(rules: Rules, lineage: Sequence[int], day: dt.date) -> OpenDay:
    """Resolve the opening of a center on `day`, given its lineage from itself up to the root."""
    mark = mark_day(rules, lineage, day)
    week = next((rules.weekly[center] for center in lineage if center in rules.weekly), None)
    other = next((rules.special_days[center, day] for center in lineage if (center, day) in rules.special_days), None)
    times = other.times if other else weekly_times(week or {}, mark.kind)
    planned = merge(span_on(day, one) for one in times)
    starts, ends = clock.midnight(day), clock.midnight(day + ONE_DAY)
    cuts = [
        cut for center in lineage for cut in rules.closures.get(center, ()) if cut.start < ends and starts < cut.end
    ]
    return OpenDay(
        kind=mark.kind,
        name_of_holiday=mark.name,
        spans=subtract(planned, [(cut.start, cut.end) for cut in cuts]),
        reason=(cuts[0].reason if cuts else "") or (other.reason if other else ""),
        year_unpublished=mark.year_unpublished,
        hours_unset=week is None and other is None,
    )


def out_of_service(
    day: OpenDay, *, status: str, opened_on: dt.date | None, closed_on: dt.date | None, on: dt.date
) -> OpenDay:
    """Opening of the day with the center's status: shut, with the reason, where it isn't operating."""
    if closed_on is not None and on >= closed_on:
        return dataclasses.replace(day, spans=(), reason=_("Closed for good"))
    if opened_on is not None and on < opened_on:
        return dataclasses.replace(day, spans=(), reason=_("Not opened yet"))
    if status not in PUBLIC_OPEN:
        return dataclasses.replace(day, spans=(), reason=_("Not operating at present"))
    return day
