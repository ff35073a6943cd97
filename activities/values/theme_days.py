"""Days of themes in a year: the same each year, or listed."""

import calendar
import dataclasses
import datetime as dt


@dataclasses.dataclass(frozen=True)
class DaySpan:
    """Days, both included."""

    first: dt.date
    last: dt.date


def yearly_span(first: str, last: str, year: int) -> DaySpan:
    """Days of `03-05` (to `03-07`, or that day alone) in a year; 29 February is 28 February in a common year."""
    return DaySpan(_day(first, year), _day(last or first, year))


def _day(month_day: str, year: int) -> dt.date:
    month, day = (int(part) for part in month_day.split("-"))
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def is_day_of_year(text: str) -> bool:
    """Whether `03-05` is a day of some year."""
    try:
        dt.date.fromisoformat(f"2028-{text}")
    except ValueError:
        return False
    return len(text) == len("03-05")


def spans_from(text: str) -> list[DaySpan]:
    """Days from lines of `2027-02-06 2027-02-20`, or of one day. Raises ValueError for a line that is neither."""
    spans = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        days = [dt.date.fromisoformat(part) for part in line.split()]
        if len(days) > len(("first", "last")) or days[0] > days[-1]:
            raise ValueError(line)
        spans.append(DaySpan(days[0], days[-1]))
    return spans
