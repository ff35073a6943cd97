"""Bookings to come whose center isn't open then any more: hours, exceptions and closures may be set after people have booked."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

from bookings.models import Booking
from centers.domain import hours
from common import clock


class _Use(NamedTuple):
    booking_id: int
    center_id: int
    start: dt.datetime
    end: dt.datetime

    @property
    def day(self) -> dt.date:
        return clock.local(self.start).date()


def outside_hours(bookings: Iterable[Booking]) -> set[int]:
    """Ids of those of the bookings (with their spaces) that may yet be used and lie outside the hours.

    Two queries; none if all are past.
    """
    return set(
        _days_outside(
            _Use(one.pk, one.space.center_id, one.starts_at, one.ends_at) for one in bookings if one.is_to_come
        )
    )


def days_outside_hours(bookings: Any) -> dict[int, dt.date]:
    """By id, the day of each booking of a queryset that may yet be used and lies outside the hours. Three queries, however many."""
    coming = bookings.live().filter(starts_at__gt=clock.now()).order_by()
    return _days_outside(_Use(*row) for row in coming.values_list("pk", "space__center_id", "starts_at", "ends_at"))


def _days_outside(uses: Iterable[_Use]) -> dict[int, dt.date]:
    asked = {use: use.day for use in uses}
    if not asked:
        return {}
    opening = hours.open_days({use.center_id for use in asked}, min(asked.values()), max(asked.values()))
    return {
        use.booking_id: day for use, day in asked.items() if not opening[use.center_id][day].covers(use.start, use.end)
    }
