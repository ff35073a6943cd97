"""Office hours of the demo: the times of requests and of the staff's decisions."""

import datetime as dt
import random

from common import clock

OPENS, CLOSES = dt.time(9), dt.time(17)
LAST_HOUR = 16
MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)


def is_open(time: dt.time) -> bool:
    return OPENS <= time < CLOSES


def draw_time(rng: random.Random, first_hour: int = OPENS.hour, last_hour: int = LAST_HOUR) -> dt.time:
    """Draw a time of day with an hour from `first_hour` to `last_hour` (included)."""
    return dt.time(rng.randint(first_hour, last_hour), rng.randrange(60))


def last_before(moment: dt.datetime, rng: random.Random) -> dt.datetime:
    """Draw a minute of the office hour that ends at `moment`, or of the last office hour before it."""
    local = clock.local(moment).replace(second=0, microsecond=0)
    if is_open(local.time()):
        return max(clock.at(local.date(), OPENS), local - rng.randint(1, 60) * MINUTE)
    day = local.date() if local.time() >= CLOSES else local.date() - DAY
    return clock.at(day, draw_time(rng, LAST_HOUR))


def into_office_hours(moment: dt.datetime, after: dt.datetime, rng: random.Random) -> dt.datetime:
    """Move `moment` into office hours: itself within them, else a minute before they ended.

    The result is later than `after`, which lies within office hours.
    """
    minute = clock.local(moment).replace(second=0, microsecond=0)
    return minute if is_open(minute.time()) else max(last_before(minute, rng), after + MINUTE)


def deadline(day: dt.date, time: dt.time) -> dt.datetime:
    """The same time of another day, within office hours."""
    return clock.at(day, min(max(time, OPENS), CLOSES))
