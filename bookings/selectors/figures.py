"""Figures of bookings by part of the network, for those above: today, in use now, waiting, overdue."""

import dataclasses
import datetime as dt

from django.db.models import Count, Q, QuerySet

from bookings.models import Booking
from bookings.querysets import is_in_use
from centers.models import CenterAncestor
from common import clock

DAY = dt.timedelta(days=1)
PART = "space__center__ancestor_rows__ancestor"


@dataclasses.dataclass(frozen=True)
class BookingFigures:
    """Numbers of bookings: that hold a room today, in use now, that wait for an answer, whose answer is overdue."""

    today: int = 0
    in_use: int = 0
    pending: int = 0
    overdue: int = 0


def booking_figures(parts: QuerySet[CenterAncestor], now: dt.datetime) -> dict[int, BookingFigures]:
    """Figures of each part (`centers.selectors.parts`), by the id of its head. Two queries, however many centers."""
    start = clock.midnight(clock.local(now).date())
    # No use is longer than a day (`longest_minutes`): the index needs a first moment besides the last.
    holding = Booking.objects.holding().overlapping(start, start + DAY).filter(starts_at__gt=start - DAY)
    today = holding.filter(space__center__ancestor_rows__in=parts).values_list(PART)
    used = today.annotate(all=Count("pk"), now=Count("pk", filter=is_in_use(now))).order_by()
    waiting = Booking.objects.undecided(now).filter(space__center__ancestor_rows__in=parts).values_list(PART)
    waits = waiting.annotate(all=Count("pk"), late=Count("pk", filter=Q(decide_by__lte=now))).order_by()
    found = {part: BookingFigures(today=all_, in_use=in_use) for part, all_, in_use in used}
    for part, pending, overdue in waits:
        found[part] = dataclasses.replace(found.get(part, BookingFigures()), pending=pending, overdue=overdue)
    return found
