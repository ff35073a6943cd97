"""Queue of those who work at centers: requests and bookings as they are listed, by state."""

import datetime as dt

from django.db.models import Case, F, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bookings.choices import GIVEN_BACK, HOLDING, Status
from bookings.models import Booking
from bookings.querysets import BookingQuerySet
from bookings.selectors import workbench
from centers.access import Viewer
from common import clock

# States that are told by the clock, beside the stored ones.
UP_TO_ME, OVERDUE, IN_USE, GONE = "up_to_me", "overdue", "in_use", "gone"
STATES: list[tuple[str, Promise | str]] = [
    (UP_TO_ME, _("Up to you to decide")),
    (Status.PENDING.value, Status.PENDING.label),
    (OVERDUE, _("Answer overdue")),
    (Status.APPROVED.value, Status.APPROVED.label),
    (IN_USE, _("In use now")),
    (GONE, _("Cancelled, rejected, expired")),
    *((state.value, state.label) for state in Status if state not in (Status.PENDING, Status.APPROVED)),
]


def queue(user: Viewer, state: str) -> BookingQuerySet:
    """Bookings of the centers `user` works for in that state (blank: all), in the order they are worked through. Lazy.

    Requests stand by deadline; bookings to come soonest first, then those past, the latest first.
    """
    now = clock.now()
    if state == UP_TO_ME:
        return workbench.to_decide(user)
    if state in (Status.PENDING, OVERDUE):
        waiting = workbench.undecided(user)
        return waiting.overdue(now) if state == OVERDUE else waiting
    mine = Booking.objects.manageable_by(user).select_related("space__center", "contact")
    if state == IN_USE:
        return mine.in_use(now).order_by("ends_at", "id")
    if state == GONE:
        mine = mine.filter(status__in=GIVEN_BACK)
    elif state in Status.values:
        mine = mine.filter(status=state)
    return in_order(mine, now)


def in_order(bookings: BookingQuerySet, now: dt.datetime) -> BookingQuerySet:
    """Bookings to come, soonest first, then those past, the latest first. Lazy."""
    soonest = Case(When(ends_at__gt=now, then=F("starts_at")))
    return bookings.order_by(soonest.asc(nulls_last=True), "-starts_at", "-id")


def standing_and_gone(bookings: BookingQuerySet) -> tuple[BookingQuerySet, BookingQuerySet]:
    """Bookings that hold their time, and those that gave it back. Lazy."""
    return bookings.filter(status__in=HOLDING), bookings.filter(status__in=GIVEN_BACK)
