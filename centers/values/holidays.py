"""The national calendar: public holidays and make-up workdays (调休), as the State Council's yearly notices have them.

From the package chinesecalendar, which raises beyond the years it knows; here such a year is simply not published. Of
that year only the holidays are known that the national rule fixes by date: 《全国年节及纪念日放假办法》, article 2, as
revised on 10 November 2024 (State Council order 795), in force from 1 January 2025. The notice may add days to them,
and takes none away.
"""

import dataclasses
import datetime as dt
import functools
from typing import Any

from chinese_calendar import constants
from django.utils.translation import gettext_lazy as _

from centers.choices import WEEKDAYS, DayKind

FIRST_YEAR = min(constants.holidays).year
LAST_YEAR = max(constants.holidays).year

# The package's English names, here so that they are translated.
NAMES: dict[str, Any] = {
    "New Year's Day": _("New Year's Day"),
    "Spring Festival": _("Spring Festival"),
    "Tomb-sweeping Day": _("Tomb-sweeping Day"),
    "Labour Day": _("Labour Day"),
    "Dragon Boat Festival": _("Dragon Boat Festival"),
    "National Day": _("National Day"),
    "Mid-autumn Festival": _("Mid-autumn Festival"),
    "Anti-Fascist 70th Day": _("70th anniversary of victory"),
}


FIXED_SINCE = 2025
FIXED = {
    (1, 1): "New Year's Day",
    (5, 1): "Labour Day",
    (5, 2): "Labour Day",
    (10, 1): "National Day",
    (10, 2): "National Day",
    (10, 3): "National Day",
}


@dataclasses.dataclass(frozen=True)
class DayMark:
    """Kind of day of a date.

    `name` is the holiday's (lazily translated), also on the make-up workday that pays for it.

    `year_unpublished`: the date goes by its weekday only because the arrangement of its year isn't published, and may
    prove another.
    """

    kind: DayKind
    name: Any = ""
    year_unpublished: bool = False

    @property
    def is_workday(self) -> bool:
        """Monday to Friday but for holidays, and make-up workdays: what deadlines in working days count."""
        return self.kind in WEEKDAYS[:5] or self.kind == DayKind.MAKEUP


def is_published(year: int) -> bool:
    """Whether the national calendar knows this year's holidays."""
    return FIRST_YEAR <= year <= LAST_YEAR


def weekday(day: dt.date) -> DayKind:
    return WEEKDAYS[day.weekday()]


@functools.lru_cache(maxsize=2048)
def national_mark(day: dt.date) -> DayMark:
    """The kind of day by the national calendar; in a year that isn't published a fixed holiday, else the weekday."""
    if not is_published(day.year):
        fixed = FIXED.get((day.month, day.day)) if day.year >= FIXED_SINCE else None
        return DayMark(DayKind.HOLIDAY, NAMES[fixed]) if fixed else DayMark(weekday(day), year_unpublished=True)
    if day in constants.holidays:
        return DayMark(DayKind.HOLIDAY, NAMES.get(constants.holidays[day], constants.holidays[day]))
    if day in constants.workdays:
        return DayMark(DayKind.MAKEUP, NAMES.get(constants.workdays[day], constants.workdays[day]))
    return DayMark(weekday(day))
