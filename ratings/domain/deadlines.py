"""Deadlines of follow-ups, in working days of the center's calendar."""

import datetime as dt

from centers.domain.hours import DAY, day_kinds, nth_workday, reach_of
from common import clock
from ratings.values.limits import DAY_ENDS, DAYS_TO_FINISH, DAYS_TO_VERIFY


def deadlines(center_id: int, given_at: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """The moments by which a bad rating is to be verified, and put right with a call back. Two queries."""
    day = clock.local(given_at).date()
    days = day_kinds([center_id], day + DAY, day + reach_of(DAYS_TO_FINISH) * DAY)[center_id]
    verify, finish = (clock.at(nth_workday(days, day, count), DAY_ENDS) for count in (DAYS_TO_VERIFY, DAYS_TO_FINISH))
    return verify, finish
