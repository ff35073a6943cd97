"""The times of reminders. Ours: 9:00 on the day before, while there is time to cancel, and two hours before.

Nobody is woken: between midnight and 7:00 nothing is sent. What begins before 9:00 is recalled at 7:00, what begins
before 7:00 the day before alone.
"""

import datetime as dt

from common import clock
from notifications.choices import ReminderStep

MORNING, AWAKE = dt.time(9), dt.time(7)
DAY, TWO_HOURS = dt.timedelta(days=1), dt.timedelta(hours=2)

Span = tuple[dt.datetime, dt.datetime]


def due_span(step: ReminderStep, now: dt.datetime) -> Span | None:
    """[first, last) of the beginnings that are to be reminded of at `now`; None at an hour at which nothing is.

    A worker that stood still makes up for it while the reminder is still one: until midnight, and until the beginning.
    """
    local = clock.local(now)
    if step == ReminderStep.DAY_BEFORE:
        tomorrow = local.date() + DAY
        return (clock.midnight(tomorrow), clock.midnight(tomorrow + DAY)) if local.time() >= MORNING else None
    # Strictly after now: what begins now needs no reminder.
    return (now + dt.timedelta(microseconds=1), now + TWO_HOURS) if local.time() >= AWAKE else None


def moment_of(step: ReminderStep, starts_at: dt.datetime) -> dt.datetime:
    """The moment of the reminder of what begins then."""
    day = clock.local(starts_at).date()
    if step == ReminderStep.DAY_BEFORE:
        return clock.at(day - DAY, MORNING)
    return max(starts_at - TWO_HOURS, clock.at(day, AWAKE))
