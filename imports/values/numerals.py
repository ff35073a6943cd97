"""Chinese numerals (一百二十, 十五, 二〇二六) as numbers, and text with full-width signs made plain."""

import re
import unicodedata

DIGITS = {
    sign: value
    for value, signs in enumerate(("〇零○", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for sign in signs
}
UNITS = {"十": 10, "百": 100, "千": 1000}
TEN_THOUSAND = 10_000
YEAR_SIGNS = "〇零○一二三四五六七八九"
NUMERAL = "〇零○一二两三四五六七八九十百千万"
BLANKS = re.compile(r"\s+")


def plain(text: str) -> str:
    """Text in plain signs, one blank for many."""
    return BLANKS.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def by_digits(text: str) -> int:
    """Number written digit by digit: 二〇二六 is 2026."""
    return int("".join(str(DIGITS[sign]) for sign in text))


def by_value(text: str) -> int | None:
    """Number written by units: 十五 is 15, 一百二十 is 120, 百 is 100; None for what isn't one."""
    total = section = digit = 0
    for sign in text:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in UNITS:
            section += (digit or 1) * UNITS[sign]
            digit = 0
        elif sign == "万":
            total, section, digit = (section + digit or 1) * TEN_THOUSAND, 0, 0
        else:
            return None
    return total + section + digit
