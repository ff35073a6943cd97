"""Conflicts with a center's hours: how many bookings now lie outside, and where to answer them."""

import datetime as dt
from collections import Counter
from urllib.parse import urlencode

from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse
from django.utils.translation import ngettext

from bookings.domain import occupancy
from bookings.domain.rules import RULES_OF_OPENING
from bookings.models import Booking, Space
from bookings.selectors.unusable import unusable_days
from centers.domain import conflicts
from centers.domain.conflicts import Conflict, Conflicts
from centers.models import Center, CenterAncestor
from common import clock


def bookings_outside_hours(center: Center) -> Conflicts:
    """Bookings to come under `center` (by the tree of their day) that lie outside the hours: together and by day."""
    days = Counter(unusable_days(Booking.objects.used_under([center.pk]), RULES_OF_OPENING).values())
    return Conflicts(
        together=_conflict(center, days.total()) if days else None,
        on={day: _conflict(center, count, day) for day, count in days.items()},
    )


def _conflict(center: Center, count: int, day: dt.date | None = None) -> Conflict:
    words = ngettext(
        "%(n)d coming booking outside the opening hours", "%(n)d coming bookings outside the opening hours", count
    )
    asked = {"status": "", "center": center.code, "outside": "on", **({"day": day.isoformat()} if day else {})}
    return Conflict(words % {"n": count}, f"{reverse('bookings:decision_list')}?{urlencode(asked)}")


def lock_rooms_below(center: Center) -> None:
    """Lock the rooms of `center`, and of all that stands or will stand below it, until the transaction ends."""
    days = DateRange(clock.today(), None, "[)")
    below = CenterAncestor.objects.filter(ancestor=center, valid__overlap=days).values("center")
    occupancy.lock_cells(Space.objects.filter(center__in=below).values_list("pk", flat=True))


def register_all() -> None:
    """Make the bookings known to the pages on which hours are set."""
    conflicts.register(bookings_outside_hours, lock_rooms_below)
