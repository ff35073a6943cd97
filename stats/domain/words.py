"""Words of periods and figures: 2026年10月, 250人次."""

from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stats.choices import PeriodKind, Unit
from stats.values.periods import QUARTER, Period

MISSING = "—"


def period_words(period: Period) -> str:
    """2026年10月, 2026年第三季度, 2026年, 2026年至10月, 全部 / October 2026, quarter 3 of 2026, 2026."""
    first = period.last.first
    if period.kind == PeriodKind.ALL:
        return _("All time")
    if period.kind == PeriodKind.YEAR:
        return _("Year {year}").format(year=first.year)
    if period.kind == PeriodKind.QUARTER:
        return _("Quarter {quarter} of {year}").format(quarter=first.month // QUARTER, year=first.year)
    words = date_format(first, "YEAR_MONTH_FORMAT")
    return _("The year to {month}").format(month=words) if period.kind == PeriodKind.TO_DATE else words


def number_words(value: Decimal | int | None) -> str:
    """1,290 or 12.5: thousands apart, no empty decimals; a dash where there is no figure, which isn't the same as 0."""
    if value is None:
        return MISSING
    whole, _point, decimals = f"{value:,.2f}".partition(".")
    kept = decimals.rstrip("0")
    return f"{whole}.{kept}" if kept else whole


def figure_words(value: Decimal | int | None, unit: Unit) -> str:
    """250人次 / 250 attendances; 12.5%."""
    if value is None:
        return MISSING
    if unit == Unit.PERCENT:
        return f"{number_words(value)}%"
    return _("{n} {unit}").format(n=number_words(value), unit=unit.label)
