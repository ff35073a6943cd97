"""Periods as addresses say them, what they are made of, and what they are compared with."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from common.months import Month
from stats.choices import PeriodKind
from stats.values.changes import Change
from stats.values.numbers import exact_words, short_words, signed_words
from stats.values.periods import Period


def month(text: str) -> Month:
    return Month(dt.date.fromisoformat(f"{text}-01"))


@pytest.mark.parametrize(
    ("said", "first", "last", "months"),
    [
        ("2026-10", "2026-10", "2026-10", 1),
        ("2026-Q1", "2026-01", "2026-03", 3),
        ("2026-q4", "2026-10", "2026-12", 3),
        ("2025", "2025-01", "2025-12", 12),
        ("2026-10-ytd", "2026-01", "2026-10", 10),
    ],
)
def test_what_an_address_says(clock: Any, said: str, first: str, last: str, months: int) -> None:
    period = Period.said(said)
    assert period is not None
    assert (str(period.first), str(period.last), period.months) == (first, last, months)
    assert str(period) == said.replace("q", "Q")


@pytest.mark.parametrize(
    "said",
    ["", "2026-13", "2026-12", "2027", "2027-Q1", "1999", "0000", "2026-Q5", "2026-1", "x", "2026-12-ytd", "全部"],
)
def test_what_is_none_or_lies_ahead(clock: Any, said: str) -> None:
    assert Period.said(said) is None


@pytest.mark.parametrize(
    ("said", "before", "year_before"),
    [
        ("2026-01", "2025-12", "2025-01"),
        ("2026-03", "2026-02", "2025-03"),
        ("2026-Q1", "2025-Q4", "2025-Q1"),
        ("2026", "2025", "2025"),
        ("2026-01-ytd", None, "2025-01-ytd"),
        ("all", None, None),
    ],
)
def test_what_it_is_compared_with(clock: Any, said: str, before: str | None, year_before: str | None) -> None:
    period = Period.said(said)
    assert period is not None
    assert [other and str(other) for other in (period.before, period.year_before)] == [before, year_before]


def test_the_next_period_ends_with_the_present_one(clock: Any) -> None:
    for said, after in (("2026-10", "2026-11"), ("2026-11", None), ("2026-Q3", "2026-Q4"), ("2026-Q4", None)):
        period = Period.said(said)
        assert period is not None
        assert (period.after and str(period.after)) == after


def test_the_periods_of_a_month(clock: Any) -> None:
    found = {kind: str(Period.of(kind, month("2026-08"))) for kind in PeriodKind}
    assert found == {"month": "2026-08", "quarter": "2026-Q3", "year": "2026", "to_date": "2026-08-ytd", "all": "all"}


@pytest.mark.parametrize(
    ("now", "before", "percent", "difference", "direction"),
    [
        (5, 0, None, 5, 1),
        (0, 5, "-100.0", -5, -1),
        (0, 0, None, 0, 0),
        (5, 5, "0.0", 0, 0),
        (5, None, None, None, 0),
        (None, 5, None, None, 0),
        (5, 4, "25.0", 1, 1),
    ],
)
def test_growth_from_nothing(
    now: int | None, before: int | None, percent: str | None, difference: int | None, direction: int
) -> None:
    """No figure is compared with 0 or with what is missing; what is equal is 0 %, and no arrow."""
    change = Change(*(None if value is None else Decimal(value) for value in (now, before)))
    assert change.percent == (Decimal(percent) if percent else None)
    assert (change.difference, change.direction) == (difference, direction)


def test_figures_in_words() -> None:
    with translation.override("zh-hans"):
        assert [short_words(n) for n in (None, 0, 9_999, 10_000, 30_740, 1_234_567)] == [
            "—",
            "0",
            "9,999",
            "1万",
            "3.07万",
            "123.46万",
        ]
    with translation.override("en"):
        assert short_words(30_740) == "30,740"
    assert [exact_words(Decimal(n)) for n in ("74.25", "74.00", "1234.5")] == ["74.3", "74", "1,234.5"]
    assert [signed_words(n) for n in (12, -3, 0, None)] == ["+12", "\u22123", "0", "—"]
