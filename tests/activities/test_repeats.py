"""Days of copies: the rule of the day is kept, and what isn't in a year is said."""

import datetime as dt

import pytest

from activities.values.repeats import Repeat, repeated, week_of_month

D = dt.date


@pytest.mark.parametrize(
    ("held", "rule", "after", "found"),
    [
        (D(2026, 11, 14), Repeat.WEEK, D(2026, 11, 24), D(2026, 11, 28)),
        (D(2026, 11, 24), Repeat.WEEK, D(2026, 11, 24), D(2026, 12, 1)),
        (D(2026, 12, 12), Repeat.WEEK, D(2026, 11, 24), D(2026, 12, 19)),
        (D(2026, 11, 14), Repeat.MONTH, D(2026, 11, 24), D(2026, 12, 12)),
        (D(2026, 9, 12), Repeat.MONTH, D(2026, 11, 10), D(2026, 11, 14)),
        (D(2026, 12, 12), Repeat.MONTH, D(2026, 12, 24), D(2027, 1, 9)),
        # A fifth weekday is the last one of months that have four.
        (D(2026, 10, 31), Repeat.MONTH, D(2026, 10, 31), D(2026, 11, 28)),
        # The second Saturday of February, a year on.
        (D(2027, 2, 13), Repeat.YEAR, D(2027, 2, 13), D(2028, 2, 12)),
        (D(2027, 2, 13), Repeat.YEAR, D(2027, 1, 1), D(2028, 2, 12)),
        (D(2026, 3, 14), Repeat.DATE, D(2026, 11, 24), D(2027, 3, 14)),
        (D(2026, 3, 14), Repeat.DATE, D(2029, 3, 14), D(2030, 3, 14)),
        (D(2028, 2, 29), Repeat.DATE, D(2028, 3, 1), D(2029, 2, 28)),
        (D(2028, 2, 29), Repeat.DATE, D(2031, 3, 1), D(2032, 2, 29)),
    ],
)
def test_a_copy_keeps_the_rule(held: dt.date, rule: Repeat, after: dt.date, found: dt.date) -> None:
    again = repeated(held, rule, after)
    assert again.day == found
    assert again.day > max(held, after)
    assert again.is_shifted == (held.day == 29 and found.day == 28)


@pytest.mark.parametrize("rule", [Repeat.WEEK, Repeat.MONTH, Repeat.YEAR])
def test_the_weekday_stays_whatever_the_day(rule: Repeat) -> None:
    for offset in range(800):
        held = D(2027, 1, 1) + dt.timedelta(days=offset)
        again = repeated(held, rule, held)
        assert again.day.weekday() == held.weekday()
        assert again.day > held
        if rule != Repeat.WEEK and week_of_month(held) < 5:
            assert week_of_month(again.day) == week_of_month(held)
