"""Figures in words: grouped digits, 万 in Chinese from ten thousand on, and a dash for what is missing."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

WAN = 10_000
MISSING = "—"
# Places of a figure that isn't whole.
PLACES = Decimal("0.1")


def exact_words(value: Decimal | int | None) -> str:
    """30,740 or 74.5; a dash where the figure is missing, which isn't 0."""
    if value is None:
        return MISSING
    number = Decimal(value)
    if number == number.to_integral_value():
        return f"{int(number):,}"
    return f"{number.quantize(PLACES, ROUND_HALF_UP):,}"


def short_words(value: Decimal | int | None) -> str:
    """3.07万 for 30,740 on a Chinese page; elsewhere, and below ten thousand, as `exact_words`."""
    if value is None or abs(Decimal(value)) < WAN or not (get_language() or "").startswith("zh"):
        return exact_words(value)
    shortened = (Decimal(value) / WAN).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return _("{n} ten thousand").format(n=f"{shortened:f}".rstrip("0").rstrip("."))


def signed_words(value: Decimal | int | None) -> str:
    """+12, −3 with a real minus sign, or 0."""
    if value is None:
        return MISSING
    sign = "+" if value > 0 else "\u2212" if value < 0 else ""
    return sign + exact_words(abs(Decimal(value)))
