"""Week table of a space: hours down, days across, like hours merged; and one day as slots for a phone."""

import dataclasses
import datetime as dt
from collections.abc import Iterable

from bookings.domain.rules import STEP, day_refusal, first_refusal, free_spans
from bookings.exceptions import BookingError, CenterShut, InThePast, SlotTaken, UnderMaintenance
from bookings.selectors.day_bar import hours_around
from bookings.values.slot_request import SlotRequest
from bookings.values.space_facts import SpaceFacts
from common import clock
from common.intervals import Span, clip, overlaps, overlaps_any

HOUR = dt.timedelta(hours=1)


@dataclasses.dataclass
class WeekCell:
    """An hour or several of a day. `kind`: free, busy, shut, past, pick, or early (open, but not to be booked as yet).

    A free one starts at its first free half hour.
    """

    kind: str
    start: dt.datetime
    end: dt.datetime
    rows: int = 1
    is_partial: bool = False


@dataclasses.dataclass
class WeekRow:
    hour: dt.time
    cells: list[WeekCell]


@dataclasses.dataclass
class Week:
    days: list[dt.date]
    rows: list[WeekRow]


@dataclasses.dataclass(frozen=True)
class Day:
    """A day of a space.

    The facts about it, what of it can be booked, and the refusal that holds for all of it, if one does.
    """

    day: dt.date
    facts: SpaceFacts
    free: list[Span]
    refusal: BookingError | None

    @classmethod
    def of(cls, day: dt.date, facts: SpaceFacts) -> "Day":
        return cls(day, facts, free_spans(day, facts), day_refusal(day, facts))


def hour_cells(column: Day, pick: Span | None, first: int, last: int) -> list[WeekCell]:
    """One cell for every hour from `first` to `last` (exclusive) o'clock, before merging."""
    cells = []
    for hour in range(first, last):
        start = clock.at(column.day, dt.time(hour))
        end = start + HOUR
        if pick and overlaps(pick, (start, end)):
            cells.append(WeekCell("pick", *pick))
            continue
        free = next((part for part in clip(column.free, (start, end)) if part[1] - part[0] >= STEP), None)
        if free:
            cells.append(WeekCell("free", *free, is_partial=free != (start, end)))
        else:
            cells.append(WeekCell(_kind(column, start, end), start, end))
    return cells


def _kind(column: Day, start: dt.datetime, end: dt.datetime) -> str:
    """Why an hour isn't free, by what refuses its half hours.

    Those outside opening count only where there is no other.
    """
    facts = column.facts
    if not overlaps_any((start, end), facts.open_day.spans):
        return "shut"
    halves = (SlotRequest(at, at + STEP, 1) for at in (start, start + STEP))
    refusals = {type(refusal) for half in halves if (refusal := first_refusal(half, facts))} - {CenterShut}
    if not refusals:
        return "shut"
    if refusals <= {InThePast}:
        return "past"
    if refusals & {SlotTaken, UnderMaintenance} or column.refusal is None:
        return "busy"
    return "early"


def merged(cells: list[WeekCell]) -> list[WeekCell | None]:
    """The column with runs of the same kind as one cell of several rows; None where a cell above reaches down.

    Free hours stay apart.
    """
    column: list[WeekCell | None] = []
    head: WeekCell | None = None
    for cell in cells:
        if (
            head
            and cell.kind != "free"
            and cell.kind == head.kind
            and (cell.kind != "pick" or cell.start == head.start)
        ):
            head.rows += 1
            head.end = max(head.end, cell.end)
            column.append(None)
        else:
            head = cell
            column.append(cell)
    return column


def hour_range(days: Iterable[Day]) -> tuple[int, int]:
    """First and last (exclusive) hour that any of the days is open in."""
    return hours_around(*((day.day, day.facts.open_day.spans) for day in days))


def week(days: list[Day], pick: Span | None = None) -> Week:
    """Rows of cells for a week table; a row leaves out the cells that a cell above covers."""
    first, last = hour_range(days)
    columns = [merged(hour_cells(day, pick, first, last)) for day in days]
    rows = [
        WeekRow(dt.time(first + n), [cell for column in columns if (cell := column[n])]) for n in range(last - first)
    ]
    return Week([day.day for day in days], rows)


def day_slots(day: Day, pick: Span | None = None) -> list[WeekCell]:
    """The hours of one day, one below the other, for a phone; hours that are shut or past are left out."""
    first, last = hour_range([day])
    return [cell for cell in hour_cells(day, pick, first, last) if cell.kind not in ("shut", "past", "early")]
