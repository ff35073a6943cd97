"""Space facts: everything about a space on the day of a request that decides whether the request is granted."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from bookings.values.policy import Policy
from centers.values.opening import OpenDay
from common import clock
from common.intervals import Span


class Calendar(Protocol):
    """Calendar of a center on one day. May be read from the database only when asked."""

    @property
    def open_day(self) -> OpenDay:
        """The opening of that day."""

    @property
    def earliest_day(self) -> dt.date:
        """The first day that may be booked, by the policy's working days of notice."""


@dataclasses.dataclass(frozen=True)
class KnownCalendar:
    """Calendar of one day that has been read already."""

    open_day: OpenDay
    earliest_day: dt.date


@dataclasses.dataclass(frozen=True)
class SpaceFacts:
    """Facts about one space on one day.

    Spans are half-open and aware; `taken` holds turnarounds, and what follows shortly after.
    """

    capacity: int
    is_public: bool
    policy: Policy
    calendar: Calendar
    now: dt.datetime
    taken: Sequence[Span] = ()
    repairs: Sequence[Span] = ()

    @property
    def today(self) -> dt.date:
        """The present day in Shanghai."""
        return clock.local(self.now).date()

    @property
    def open_day(self) -> OpenDay:
        return self.calendar.open_day

    @property
    def busy(self) -> list[Span]:
        """Taken and under repair."""
        return [*self.taken, *self.repairs]
