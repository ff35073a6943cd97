"""Half hours as minutes after midnight and as text: what addresses say (09:00) and lists show (9:00). 24:00 is the end of the day."""

import datetime as dt

from bookings.values.policy import GRID_MINUTES

MINUTES_OF_A_DAY = 24 * 60
MIDNIGHT = "24:00"


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
