"""Timeliness of a submission: within the deadline, or soon after the return of one that was in time."""

import datetime as dt
from collections.abc import Callable, Iterable

from common import clock
from stats.choices import TO_SUBMIT, ReportState
from stats.models import ReportEvent
from stats.values.deadlines import WORKDAYS_AFTER_RETURN

# The `n`-th working day after a day.
NthWorkday = Callable[[dt.date, int], dt.date]


def is_on_time(
    events: Iterable[ReportEvent], submitted_at: dt.datetime, due_at: dt.datetime, nth_workday: NthWorkday
) -> bool:
    """Whether a submission at this moment is in time, by the events of its report so far, in order.

    Not the first click counts: one that was in time, returned and left lying is late.
    """
    in_time, returned_at = False, None
    before: tuple[bool, dt.datetime | None] = (False, None)
    for event in events:
        if event.to_state == ReportState.SUBMITTED:
            before = (in_time, returned_at)
            in_time, returned_at = _in_time(event.at, due_at, in_time, returned_at, nth_workday), None
        elif event.to_state == ReportState.RETURNED and event.reason:
            returned_at = event.at
        elif event.from_state == ReportState.SUBMITTED and event.to_state in TO_SUBMIT:
            # Taken back by the center itself: no time is won by that.
            in_time, returned_at = before
    return _in_time(submitted_at, due_at, in_time, returned_at, nth_workday)


def _in_time(
    at: dt.datetime, due_at: dt.datetime, was_in_time: bool, returned_at: dt.datetime | None, nth_workday: NthWorkday
) -> bool:
    if at < due_at:
        return True
    if returned_at is None or not was_in_time:
        return False
    last = nth_workday(clock.local(returned_at).date(), WORKDAYS_AFTER_RETURN)
    return clock.local(at).date() <= last
