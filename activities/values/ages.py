"""Age in full years on a day."""

import datetime as dt

ADULT = 18
OLDEST = 120


def age_on(born: dt.date, day: dt.date) -> int:
    """Full years from `born` to `day`, by the calendar.

    Who was born on 29 February is a year older on 1 March of a common year: on 28 February the year isn't full.
    """
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
