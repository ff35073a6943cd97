"""Figures, changes and periods in the words of pages."""

import datetime as dt
from decimal import Decimal

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.months import Month
from stats.choices import PeriodKind, Unit
from stats.domain.metrics import Metric
from stats.selectors.figures import Figure
from stats.values.numbers import MISSING, exact_words, short_words, signed_words
from stats.values.periods import QUARTER, Period

register = template.Library()


@register.filter
def number(value: Decimal | int | None) -> SafeString | str:
    """A figure, short from ten thousand on with the exact one behind it; a dash that ears are told the meaning of."""
    if value is None:
        return format_html(
            '<span class="missing" title="{0}">{1}<span class="visually-hidden">{0}</span></span>',
            _("no figure"),
            MISSING,
        )
    short, exact = short_words(value), exact_words(value)
    return short if short == exact else format_html('<abbr title="{}">{}</abbr>', exact, short)


@register.simple_tag
def figure_value(figure: Figure, *, small: bool = False) -> SafeString:
    """A figure with its unit, which may be in small words; missing, a dash alone."""
    unit = Unit(figure.metric.unit)
    if figure.value is None:
        return format_html("{}", number(None))
    if small:
        return format_html("{}<small>{}</small>", number(figure.value), unit.label)
    return format_html("{}{}{}", number(figure.value), "" if unit == Unit.PERCENT else " ", unit.label)


@register.filter
def exact(value: Decimal | int | None) -> str:
    """A figure with all its digits."""
    return exact_words(value)


@register.filter
def signed(value: Decimal | int | None) -> str:
    """A difference with its sign."""
    return signed_words(value)


@register.filter
def unit_words(metric: Metric) -> str:
    """The unit of a metric, to stand behind its figure: 场, or % without a space."""
    return Unit(metric.unit).label  # type: ignore[return-value]


@register.filter
def difference_unit(metric: Metric) -> str:
    """The unit of a difference: that of shares is a percentage point."""
    return _("percentage points") if metric.unit == Unit.PERCENT else unit_words(metric)


@register.filter
def is_percent(metric: Metric) -> bool:
    return metric.unit == Unit.PERCENT


@register.filter
def period_words(period: Period) -> str:
    """2026年10月, 2026年第3季度, 2026年, 2026年1—10月, 历史累计."""
    if period.kind == PeriodKind.QUARTER:
        number_ = period.last.first.month // QUARTER
        return _("Q{quarter} {year}").format(quarter=number_, year=period.last.first.year)
    if period.kind == PeriodKind.YEAR:
        return _("Year {year}").format(year=period.last.first.year)
    if period.kind == PeriodKind.TO_DATE:
        return _("Year {year} to the end of {month}").format(
            year=period.last.first.year, month=month_words(period.last)
        )
    if period.kind == PeriodKind.ALL:
        return _("All that is recorded here")
    return month_of_year(period.last.first)


@register.filter
def month_of_year(day: dt.date) -> str:
    """2026年10月 / October 2026."""
    return date_format(day, "YEAR_MONTH_FORMAT")


@register.filter
def month_words(month: Month) -> str:
    """10月 / Oct."""
    return f"{month.first.month}月" if (get_language() or "").startswith("zh") else date_format(month.first, "M")
