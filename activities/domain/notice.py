"""Notice of study visits, in working days of the center's calendar."""

import datetime as dt

from activities.values.visits import NOTICE_WORKDAYS
from centers.domain.hours import workday_after


def first_visit_day(center_id: int, asked_on: dt.date) -> dt.date:
    """The first day that may be visited by who asks on `asked_on`. Two queries."""
    return workday_after(center_id, asked_on, NOTICE_WORKDAYS)
