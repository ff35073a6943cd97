"""The national calendar: public holidays and make-up workdays (调休), as the State Council's yearly notices have them.

From the package chinesecalendar, which raises beyond the years it knows; here such a year is simply not published.
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


@dataclasses.dataclass(frozen=True)
class DayMark:
    """What kind of day a date is.

    `name` is the holiday's (lazily translated), also on the make-up workday that pays for it.
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
    """The kind of day by the national calendar; its weekday in a year that isn't published."""
    if not is_published(day.year):
        return DayMark(weekday(day), year_unpublished=True)
    if day in constants.holidays:
        return DayMark(DayKind.HOLIDAY, NAMES.get(constants.holidays[day], constants.holidays[day]))
    if day in constants.workdays:
        return DayMark(DayKind.MAKEUP, NAMES.get(constants.workdays[day], constants.workdays[day]))
    return DayMark(weekday(day))
