"""Time for which a room has to be had by what takes place in it."""

import datetime as dt

from activities.models import Activity
from bookings.domain.rules import on_grid_after, on_grid_before
from bookings.models import Booking

Times = tuple[dt.datetime, dt.datetime]


def room_span(activity: Activity, booking: Booking, times: Times) -> Times:
    """Start and end of the booking of an activity that is held at `times`.

    The time before and after it stays what it was, in whole half hours: for chairs, and for sweeping up.
    """
    before, after = activity.starts_at - booking.starts_at, booking.ends_at - activity.ends_at
    return on_grid_before(times[0] - before), on_grid_after(times[1] + after)
