"""Slots in addresses and lists: moments on a Shanghai clock, half hours of a day as minutes and as text.

A chosen slot travels as `starts_at=2026-11-28T09:00&ends_at=2026-11-28T11:00&headcount=20`. Half hours are minutes
after midnight: addresses say 09:00, lists show 9:00; 24:00 is the end of the day.
"""

import datetime as dt

from bookings.values.policy import GRID_MINUTES
from common import clock

SLOT_FORMAT = "%Y-%m-%dT%H:%M"
MINUTES_OF_A_DAY = 24 * 60
MIDNIGHT = "24:00"
# Drawn of a day or week in which nothing is open, so that the picture still says so.
DEFAULT_HOURS = (8, 18)


def slot_moment(moment: dt.datetime) -> str:
    return clock.local(moment).isoformat(timespec="minutes")[:16]


def slot_query(starts_at: dt.datetime, ends_at: dt.datetime, headcount: int | None = None) -> str:
    """The part of an address that chooses [starts_at, ends_at), and says for how many people if that is known.

    Nothing in it needs quoting.
    """
    query = f"starts_at={slot_moment(starts_at)}&ends_at={slot_moment(ends_at)}"
    return f"{query}&headcount={headcount}" if headcount else query


def minutes_of(text: str) -> int | None:
    """`9:00` and `09:00` as minutes after midnight; None for what isn't a half hour of a day."""
    if text == MIDNIGHT:
        return MINUTES_OF_A_DAY
    try:
        time = dt.datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - a time of day, without a day
    except ValueError:
        return None
    return None if time.minute % GRID_MINUTES else time.hour * 60 + time.minute


def time_text(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def time_words(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"
