"""Calendar months."""

import calendar
import datetime as dt

from common import clock


def months_before(moment: dt.datetime, months: int) -> dt.datetime:
    """The same day and time in Shanghai `months` earlier; the month's last day where it has no such day."""
    there = clock.local(moment)
    year, month = divmod(there.year * 12 + there.month - 1 - months, 12)
    day = min(there.day, calendar.monthrange(year, month + 1)[1])
    return there.replace(year=year, month=month + 1, day=day)
