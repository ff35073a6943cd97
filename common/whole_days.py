"""Whole days: intervals that tell days without hours, from the first minute of one to the last of it or a later one.

What is known by its day alone (an old sheet's row) stands in the database as such an interval: it ends on that day, and
counts in its month. Nobody plans to the last minute before midnight: what has hours ends at 24:00.
"""

import datetime as dt

from common import clock

FIRST_MINUTE, LAST_MINUTE = dt.time.min, dt.time(23, 59)


def is_whole_days(start: dt.datetime, end: dt.datetime) -> bool:
    """Whether an interval tells days alone."""
    return clock.local(start).time() == FIRST_MINUTE and clock.local(end).time() == LAST_MINUTE
