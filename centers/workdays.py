"""Deadlines in working days: Monday to Friday without public holidays, and make-up workdays, at the center that has the deadline."""

import datetime as dt

from centers import hours

# So many calendar days hold at least one working day more than the longest public holiday leaves out.
SLACK_DAYS = 14


def workday_after(center_id: int, day: dt.date, count: int) -> dt.date:
    """The `count`-th working day after `day` (0: `day` itself). Two queries."""
    if not count:
        return day
    last = day + dt.timedelta(days=2 * count + SLACK_DAYS)
    marks = hours.day_kinds([center_id], day + dt.timedelta(days=1), last)[center_id]
    workdays = [date for date in sorted(marks) if marks[date].is_workday]
    return workdays[count - 1]
