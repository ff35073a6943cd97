"""Reading of a row: its values, or the question or fault that it came to, in the sheet's own words. Pure."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from activities.choices import ActivityKind, WorkLine
from activities.values.inspectable import Inspectable
from common import clock
from common.sheets import Value
from common.whole_days import FIRST_MINUTE, LAST_MINUTE
from imports.choices import Column, Verdict
from imports.values import headings, kinds
from imports.values.asking import Answers, Asked, LeftOut, Refused, ask
from imports.values.cells import said
from imports.values.clocks import Times, read_times
from imports.values.days import Calendar, When, read_when
from imports.values.numbers import read_people
from imports.values.numerals import plain

SUMS = ("合计", "总计", "小计", "共计", "总数", "累计", "total")
LONGEST = {Column.TITLE: 60, Column.PLACE: 80, Column.NOTE: 200}
USUAL_LENGTH = dt.timedelta(hours=2)
# A day without hours lasts to its last minute: it ends on that day, and counts in its month.
DAY_START, DAY_END = FIRST_MINUTE, LAST_MINUTE
MIDNIGHT = "24:00"
CUT, IMPORT = "cut", "import"


@dataclasses.dataclass(frozen=True)
class Said:
    """Row as the sheet has it. `inherited`: columns filled from a merged cell above."""

    number: int
    cells: Sequence[Value]
    is_hidden: bool = False
    inherited: frozenset[int] = frozenset()


@dataclasses.dataclass(frozen=True)
class Context:
    """Context of all rows: columns by their places, headings, calendar, kind where none is said, center by words.

    `centers`: ids by name and code; several of one name can't be told apart. `organizations`: those that may have been
    inspected, by center and name.
    """

    columns: Mapping[Column, int]
    headings: tuple[str, ...]
    calendar: Calendar
    kind: str
    centers: Mapping[str, Sequence[int]]
    center: int
    organizations: Mapping[tuple[int, str], Sequence[Inspectable]] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Values:
    """Activity as a row tells it. Moments are aware; `has_time`: hours are said, not the day alone."""

    kind: str
    title: str
    day: dt.date
    starts_at: dt.datetime
    ends_at: dt.datetime
    has_time: bool
    people: int
    center: int
    line: str = WorkLine.ORGANISATION
    place: str = ""
    note: str = ""
    number: str = ""
    organization: int | None = None


@dataclasses.dataclass(frozen=True)
class Reading:
    """Outcome of reading a row. `code` and `params`: its question or fault; `notes`: what was taken for granted."""

    verdict: Verdict
    code: str = ""
    params: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    values: Values | None = None
    notes: Sequence[str] = ()


def read_row(row: Said, context: Context, answers: Answers) -> Reading:
    """Read a row by the columns of its sheet and the answers given so far."""
    notes: list[str] = []
    try:
        _must_be_a_row(row, context, answers)
        values = _Reader(row, context, answers, notes).values()
    except LeftOut as found:
        return Reading(Verdict.LEFT_OUT, found.code, found.params)
    except Asked as found:
        return Reading(Verdict.ASKED, found.code, found.params)
    except Refused as found:
        return Reading(Verdict.REFUSED, found.code, found.params)
    return Reading(Verdict.NEW, values=values, notes=notes)


def _must_be_a_row(row: Said, context: Context, answers: Answers) -> None:
    """Raise LeftOut for titles, headings and blanks, Asked for sums and hidden rows."""
    filled = [cell for cell in row.cells if cell != ""]
    if any(isinstance(cell, str) and kinds.key(cell).startswith(SUMS) for cell in filled[:2]):
        ask(answers, "sum_row", [], said=" ".join(map(said, filled[:3])))
    if filled and filled[0] in context.headings and tuple(headings.as_headings(row.cells)) == context.headings:
        raise LeftOut("headings_again")
    columns = set(context.columns.values())
    if len(filled) == 1:
        raise LeftOut("title_row", said=said(filled[0])[:60])
    if not any(place < len(row.cells) and row.cells[place] != "" for place in columns - row.inherited):
        raise LeftOut("blank_row")
    if row.is_hidden:
        ask(answers, "hidden_row", [IMPORT])


class _Reader:
    """Reader of one row, cell by cell."""

    def __init__(self, row: Said, context: Context, answers: Answers, notes: list[str]) -> None:
        self.row, self.context, self.answers, self.notes = row, context, answers, notes

    def cell(self, column: Column) -> Value:
        place = self.context.columns.get(column)
        return self.row.cells[place] if place is not None and place < len(self.row.cells) else ""

    def values(self) -> Values:
        title = self._text(Column.TITLE)
        if not title:
            raise Refused("title_missing")
        when, times = self._when()
        starts_at, ends_at = self._span(when, times)
        people = self._people()
        kind, center = self._kind(), self._center()
        return Values(
            kind=kind,
            title=title,
            day=when.day,
            starts_at=starts_at,
            ends_at=ends_at,
            has_time=times.start is not None,
            people=people,
            center=center,
            line=self._line(),
            place=self._text(Column.PLACE),
            note=self._note(),
            number=self._text(Column.NUMBER).upper(),
            organization=self._organization(center, when.day) if kind == ActivityKind.INSPECTION else None,
        )

    def _text(self, column: Column) -> str:
        words = said(self.cell(column)).strip()
        if len(words) > LONGEST.get(column, len(words)):
            raise Refused("too_long", said=f"{words[:20]}…", most=LONGEST[column])
        return words

    def _note(self) -> str:
        words, most = said(self.cell(Column.NOTE)).strip(), LONGEST[Column.NOTE]
        if len(words) > most:
            ask(self.answers, "note_too_long", [CUT], said=f"{words[:20]}…", most=most)
        return words[:most]

    def _when(self) -> tuple[When, Times]:
        """Day and times, from one cell or from three."""
        value = self.cell(Column.WHEN)
        when = read_when(value, said(value), self.context.calendar, self.answers)
        times, start = when.times, self.cell(Column.START)
        if start != "":
            times = self._times(start)
        end = self.cell(Column.END)
        if end == "":
            return when, times
        return self._with_end(when, times, end)

    def _with_end(self, when: When, times: Times, end: Value) -> tuple[When, Times]:
        """The end as it is said: a moment with its day, or a time alone; 24:00 is the midnight at its day's end."""
        words = plain(said(end))
        if not isinstance(end, dt.date) and not any(sign in words for sign in "-./月"):
            return when, Times(times.start, self._times(end).start)
        is_midnight = words.endswith(MIDNIGHT)
        value = end if isinstance(end, dt.date) else words.removesuffix(MIDNIGHT)
        last = read_when(value, words, self.context.calendar, self.answers)
        last_day, time = last.day, last.times.start
        if is_midnight:
            last_day, time = last_day + dt.timedelta(days=1), DAY_START
        # A start at midnight stands as a day alone; an end with hours says that it was meant.
        start = DAY_START if times.start is None and time not in (None, DAY_END) else times.start
        return dataclasses.replace(when, last_day=last_day), Times(start, time)

    def _times(self, value: Value) -> Times:
        if isinstance(value, dt.datetime | dt.time):
            time = value.time() if isinstance(value, dt.datetime) else value
            return Times(time.replace(second=0, microsecond=0))
        if isinstance(value, float) and 0 < value < 1:
            minutes = round(value * 24 * 60)
            return Times(dt.time(minutes // 60 % 24, minutes % 60))
        return read_times(plain(said(value)), said(value), self.answers)

    def _span(self, when: When, times: Times) -> tuple[dt.datetime, dt.datetime]:
        """Start and end. A day alone lasts until 23:59; a start alone two hours, on that day."""
        if when.day > self.context.calendar.today:
            raise Refused("not_held_yet", said=when.day.isoformat())
        now = clock.now().replace(second=0, microsecond=0)
        starts_at = clock.at(when.day, times.start or DAY_START)
        if times.start is None:
            # Of today, up to now: it has been held.
            self.notes.append("day_only")
            ends_at = min(clock.at(when.last_day, DAY_END), now)
        elif times.end is not None:
            ends_at = clock.at(when.last_day, times.end)
        elif when.last_day > when.day:
            ends_at = clock.at(when.last_day, DAY_END)
        else:
            self.notes.append("end_assumed")
            ends_at = max(
                min(starts_at + USUAL_LENGTH, clock.at(when.day, DAY_END)), starts_at + dt.timedelta(minutes=1)
            )
        if when.last_day > self.context.calendar.today:
            raise Refused("not_held_yet", said=when.last_day.isoformat())
        if ends_at <= starts_at:
            raise Refused("ends_before_start", said=f"{ends_at:%H:%M}")
        if ends_at > now:
            raise Refused("not_held_yet", said=f"{clock.local(ends_at):%m-%d %H:%M}")
        return starts_at, ends_at

    def _people(self) -> int:
        value = self.cell(Column.PEOPLE)
        people = read_people(value, said(value), self.answers)
        if self.context.columns.get(Column.PEOPLE) in self.row.inherited:
            # One number for several activities: counted once, unless somebody says otherwise.
            answer = ask(self.answers, "people_of_several", ["0", str(people.count)], said=said(value))
            people = dataclasses.replace(people, count=int(answer))
        if people.is_about:
            self.notes.append("about")
        return people.count

    def _kind(self) -> str:
        words = said(self.cell(Column.KIND))
        if not words:
            return self.context.kind
        return kinds.kinds().get(kinds.key(words)) or ask(
            self.answers, "which_kind", ActivityKind.values, said=words[:40]
        )

    def _line(self) -> str:
        words = said(self.cell(Column.LINE))
        line = kinds.lines().get(kinds.key(words)) if words else WorkLine.ORGANISATION
        if line is None:
            self.notes.append("line_unknown")
        return line or WorkLine.OTHER

    def _center(self) -> int:
        words = said(self.cell(Column.CENTER))
        if not words:
            return self.context.center
        found = self.context.centers.get(kinds.key(words), ())
        if len(found) != 1:
            raise Refused("center_ambiguous" if found else "center_unknown", said=words[:40])
        return found[0]

    def _organization(self, center: int, day: dt.date) -> int | None:
        """The organisation inspected. What isn't known by its name is imported and noted: it counts for no coverage."""
        words = said(self.cell(Column.ORGANIZATION))
        if not words:
            self.notes.append("organization_missing")
            return None
        named = self.context.organizations.get((center, kinds.key(words)), ())
        found = {one.organization for one in named if one.first <= day < one.end}
        if len(found) != 1:
            self.notes.append("organization_unknown")
            return None
        return found.pop()
