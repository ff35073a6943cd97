"""Days without hours: told by the days alone."""

import datetime as dt

from django.utils import translation

from common import clock
from common.words import times

NOW = dt.datetime(2026, 11, 24, 2, 5, tzinfo=dt.UTC)


def test_days_without_hours_are_told_by_the_days_alone() -> None:
    """As an old sheet tells them: from the first minute of a day to the last of it or of a later one."""
    first, end = clock.midnight(dt.date(2026, 9, 3)), dt.timedelta(hours=23, minutes=59)
    one, several = (first, first + end), (first, first + dt.timedelta(days=2) + end)
    until_midnight = (first, first + dt.timedelta(days=1))
    with clock.frozen(NOW), translation.override("en"):
        assert times.span_words(*one) == times.span_words(*one, full=True) == "Thu 3 Sep"
        assert times.span_words(*several) == "Thu 3 Sep to Sat 5 Sep"
        assert (times.clock_span(*one), times.start_words(*one)) == ("All day", "All day")
        assert (times.clock_span(*until_midnight), times.start_words(*until_midnight)) == ("0:00–24:00", "0:00")
