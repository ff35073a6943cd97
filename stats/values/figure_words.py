"""Figures with their units in words."""

from decimal import Decimal

from django.utils.translation import gettext as _

from stats.choices import Unit
from stats.values.numbers import exact_words


def figure_words(value: Decimal | int | None, unit: Unit) -> str:
    """250人次 / 250 attendances, 12.5%; a dash where there is no figure, which isn't the same as 0."""
    if value is None:
        return exact_words(None)
    if unit == Unit.PERCENT:
        return f"{exact_words(value)}%"
    return _("{n} {unit}").format(n=exact_words(value), unit=unit.label)
