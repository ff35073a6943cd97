"""Deadlines of a month's reports: until when a center submits, its town reviews, and the city locks."""

import dataclasses
import datetime as dt

from common import clock
from common.months import Month

# Days of the month after, each to its end in Shanghai. Ours, for the city to decide: here and nowhere else.
DUE_DAY, REVIEW_DAY, LOCK_DAY = 5, 8, 10
# What was submitted in time and returned is still in time so many working days after the return.
WORKDAYS_AFTER_RETURN = 2
# Who reviews a reopened month has so many after it was submitted; whose month was returned after the day of the lock so
# many to submit it again.
WORKDAYS_TO_REVIEW = 3
# The longest time for which a month of one center is reopened.
MOST_WORKDAYS_REOPENED = 5


@dataclasses.dataclass(frozen=True)
class Deadlines:
    """Deadlines of a month. The moments are the first ones after them, the days the last ones within them."""

    month: Month

    def _day(self, number: int) -> dt.date:
        return self.month.after.first.replace(day=number)

    def _end(self, number: int) -> dt.datetime:
        return clock.midnight(self._day(number) + dt.timedelta(days=1))

    @property
    def due_on(self) -> dt.date:
        """The last day on which a center submits in time."""
        return self._day(DUE_DAY)

    @property
    def due_at(self) -> dt.datetime:
        return self._end(DUE_DAY)

    @property
    def review_on(self) -> dt.date:
        """The last day on which a town reviews in time."""
        return self._day(REVIEW_DAY)

    @property
    def review_at(self) -> dt.datetime:
        return self._end(REVIEW_DAY)

    @property
    def lock_on(self) -> dt.date:
        """The day at whose end what wasn't submitted is missing."""
        return self._day(LOCK_DAY)

    @property
    def lock_at(self) -> dt.datetime:
        return self._end(LOCK_DAY)
