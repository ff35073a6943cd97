"""A space's week as the page draws it: hours down, days across, what is alike merged; and a day as slots for a phone."""

import dataclasses
import datetime as dt
from collections.abc import Iterable

from bookings.domain.availability import STEP, SpaceDay, Span
from common import clock

HOUR = dt.timedelta(hours=1)
# Shown when nothing is open all week, so that the grid still says so.
DEFAULT_HOURS = (8, 18)


@dataclasses.dataclass
class Cell:
    """An hour or several of a day. `kind`: free, busy, shut, past, pick, or early (open, but not to be booked as yet).

    A free one starts at its first free half hour.
    """

    kind: str
    start: dt.datetime
    end: dt.datetime
    rows: int = 1
    is_partial: bool = False


@dataclasses.dataclass
class Row:
    hour: dt.time
    cells: list[Cell]


@dataclasses.dataclass
class Week:
    days: list[dt.date]
    rows: list[Row]


@dataclasses.dataclass(frozen=True)
class Day:
    """A day of a space with what of it can be booked; `is_bookable` is False where notice or horizon leave it out."""

    day: dt.date
    space_day: SpaceDay
    free: list[Span]
    is_bookable: bool = True


def hour_cells(column: Day, pick: Span | None, first: int, last: int) -> list[Cell]:
    """One cell for every hour from `first` to `last` (exclusive) o'clock, before merging."""
    now = clock.now()
    day, free = column.day, column.free
    cells = []
    for hour in range(first, last):
        start = clock.at(day, dt.time(hour))
        end = start + HOUR
        if pick and pick[0] < end and pick[1] > start:
            cells.append(Cell("pick", *pick))
            continue
        open_part = next(
            (
                (max(start, a), min(end, b))
                for a, b in free
                if a < end and b > start and min(end, b) - max(start, a) >= STEP
            ),
            None,
        )
        if open_part:
            cells.append(Cell("free", *open_part, is_partial=open_part != (start, end)))
        else:
            cells.append(Cell(_kind(column, start, end, now), start, end))
    return cells


def _kind(column: Day, start: dt.datetime, end: dt.datetime, now: dt.datetime) -> str:
    """Why an hour isn't free."""
    opens = [span for span in column.space_day.open_day.spans if span[0] < end and span[1] > start]
    if not opens:
        return "shut"
    if end <= now or (start <= now and max(b for _a, b in opens) <= now + STEP):
        return "past"
    if any(a < end and b > start for a, b in column.space_day.busy) or column.is_bookable:
        return "busy"
    return "early"


def merged(cells: list[Cell]) -> list[Cell | None]:
    """The column with runs of the same kind as one cell of several rows; None where a cell above reaches down. Free hours stay apart."""
    column: list[Cell | None] = []
    head: Cell | None = None
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


def hour_range(space_days: Iterable[SpaceDay]) -> tuple[int, int]:
    """First and last (exclusive) hour that any of the days is open in."""
    spans = [span for space_day in space_days for span in space_day.open_day.spans]
    if not spans:
        return DEFAULT_HOURS
    first = min(clock.local(a).hour for a, _ in spans)
    last = max(clock.local(b - dt.timedelta(microseconds=1)).hour + 1 for _, b in spans)
    return first, last


def week(days: list[Day], pick: Span | None = None) -> Week:
    """Rows of cells for a week table; a row leaves out the cells that a cell above covers."""
    first, last = hour_range(day.space_day for day in days)
    columns = [merged(hour_cells(day, pick, first, last)) for day in days]
    rows = [Row(dt.time(first + n), [cell for column in columns if (cell := column[n])]) for n in range(last - first)]
    return Week([day.day for day in days], rows)


def day_slots(day: Day, pick: Span | None = None) -> list[Cell]:
    """The hours of one day, one below the other, for a phone; hours that are shut or past are left out."""
    first, last = hour_range([day.space_day])
    return [cell for cell in hour_cells(day, pick, first, last) if cell.kind not in ("shut", "past", "early")]
