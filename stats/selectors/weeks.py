"""Shares by hour of the week, as a table of days and hours, with the fullest and the emptiest stretch in words."""

import dataclasses
from operator import add

from django.utils.functional import Promise

from centers.choices import WEEKDAYS
from stats.choices import HOURS
from stats.domain.metrics import Weekly
from stats.models import WeekProfile
from stats.values.periods import Period

DAY = 24
PER_CENT = 100
# From which share on a cell is washed in which of the six tones.
STEPS = (5, 15, 30, 45, 60)


@dataclasses.dataclass(frozen=True)
class Cell:
    """Hour of a day: its share in full percent, None where it wasn't open, and its tone from 0 to 5."""

    percent: int | None
    tone: int


@dataclasses.dataclass(frozen=True)
class Day:
    """Day of the week with its cells."""

    name: Promise | str
    cells: list[Cell]


@dataclasses.dataclass(frozen=True)
class Extreme:
    """Hour of the week with the largest or the smallest share."""

    day: Promise | str
    hour: int
    percent: int


@dataclasses.dataclass(frozen=True)
class Week:
    """Table of the hours in which anything was open; empty where nothing was."""

    metric: Weekly
    hours: list[int]
    days: list[Day]
    fullest: Extreme | None = None
    emptiest: Extreme | None = None


def week_of(node: int, metric: Weekly, period: Period) -> Week:
    """Shares of a node over the months of a period. One query."""
    kept = WeekProfile.objects.filter(
        node=node, metric=metric.code, month__gte=period.first.first, month__lte=period.last.first
    )
    parts, wholes = [0] * HOURS, [0] * HOURS
    for more_parts, more_wholes in kept.values_list("parts", "wholes"):
        parts, wholes = list(map(add, parts, more_parts)), list(map(add, wholes, more_wholes))
    hours = [hour for hour in range(DAY) if any(wholes[hour::DAY])]
    if not hours:
        return Week(metric, [], [])
    shown = range(hours[0], hours[-1] + 1)
    days = [
        Day(day.label, [_cell(parts[number * DAY + hour], wholes[number * DAY + hour]) for hour in shown])
        for number, day in enumerate(WEEKDAYS)
    ]
    known = [
        Extreme(day.name, hour, cell.percent)
        for day in days
        for hour, cell in zip(shown, day.cells, strict=True)
        if cell.percent is not None
    ]
    by_share = sorted(known, key=lambda extreme: extreme.percent)
    return Week(metric, list(shown), days, fullest=by_share[-1], emptiest=by_share[0])


def _cell(part: int, whole: int) -> Cell:
    if not whole:
        return Cell(None, 0)
    percent = part * PER_CENT // whole
    return Cell(percent, sum(percent >= step for step in STEPS))
