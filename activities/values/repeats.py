"""Days on which an activity is held again: the same weekday, the same week of the month, the same date."""

import calendar
import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterator
from enum import StrEnum

from activities.choices import SeriesRule

WEEK = dt.timedelta(days=7)
LAST_WEEK = 5
MONTHS = 12
# Dates of one series at most, its first included.
LONGEST_SERIES = 60


class Repeat(StrEnum):
    """Rules by which a copy finds its day."""

    WEEK = "week"  # the same weekday
    MONTH = "month"  # the second Saturday of the month, say
    YEAR = "year"  # the second Saturday of that month
    DATE = "date"  # the same date, a year on


@dataclasses.dataclass(frozen=True)
class Repeated:
    """A day found by a rule. `is_shifted`: the date doesn't exist in that year, and the day before stands for it."""

    rule: Repeat
    day: dt.date
    is_shifted: bool = False


def week_of_month(day: dt.date) -> int:
    """1 for the first Saturday of a month if `day` is a Saturday, and so on; 5 is the last one."""
    return (day.day - 1) // 7 + 1


def repeated(day: dt.date, rule: Repeat, after: dt.date) -> Repeated:
    """The first day later than both `day` and `after` on which what was held on `day` is held again.

    A fifth weekday is read as the last one of its month. 29 February is 28 February in a common year.
    """
    since = max(day, after)
    if rule == Repeat.WEEK:
        weeks = (since - day) // WEEK + 1
        return Repeated(rule, day + weeks * WEEK)
    if rule == Repeat.DATE:
        year = next(year for year in range(since.year, since.year + 2) if _on_date(day, year) > since)
        found = _on_date(day, year)
        return Repeated(rule, found, is_shifted=found.day != day.day)
    months = ((since.year + n // 12, n % 12 + 1) for n in range(since.month - 1, since.month + 12))
    fitting = (month for month in months if rule == Repeat.MONTH or month[1] == day.month)
    days = (_same_week(day, *month) for month in fitting)
    return Repeated(rule, next(found for found in days if found > since))


@dataclasses.dataclass(frozen=True)
class SeriesDay:
    """A day of a series. `is_shifted`: its month has no such date, and the last day of it stands for that."""

    day: dt.date
    is_shifted: bool = False


def series_days(first: dt.date, rule: SeriesRule) -> Iterator[SeriesDay]:
    """Days on which what is held on `first` is held again, without end. Each follows from `first`, so none drifts."""
    for n in itertools.count(1):
        if rule in (SeriesRule.WEEKLY, SeriesRule.FORTNIGHTLY):
            yield SeriesDay(first + n * WEEK * (2 if rule == SeriesRule.FORTNIGHTLY else 1))
            continue
        years, month = divmod(first.month - 1 + n, MONTHS)
        if rule == SeriesRule.MONTHLY_WEEKDAY:
            yield SeriesDay(_same_week(first, first.year + years, month + 1))
        else:
            last = calendar.monthrange(first.year + years, month + 1)[1]
            day = dt.date(first.year + years, month + 1, min(first.day, last))
            yield SeriesDay(day, is_shifted=day.day != first.day)


def _on_date(day: dt.date, year: int) -> dt.date:
    """The date of `day` in that year; 28 February for a 29th that isn't there."""
    last = calendar.monthrange(year, day.month)[1]
    return dt.date(year, day.month, min(day.day, last))


def _same_week(day: dt.date, year: int, month: int) -> dt.date:
    """The weekday of `day` in the same week of that month, or in its last one."""
    first = dt.date(year, month, 1)
    first += dt.timedelta(days=(day.weekday() - first.weekday()) % 7)
    week = week_of_month(day)
    found = first + (week - 1) * WEEK
    return found if week < LAST_WEEK and found.month == month else _last(first)


def _last(first: dt.date) -> dt.date:
    """The last day of the month with the weekday of `first`, the first such day."""
    fifth = first + 4 * WEEK
    return fifth if fifth.month == first.month else first + 3 * WEEK
