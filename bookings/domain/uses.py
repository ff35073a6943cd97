"""Uses of a booking: what higher apps made of it, and what they offer to make.

Shown beside the booking; one that needs its room keeps the booking from being cancelled. A higher app registers its
own: this app doesn't know of activities.
"""

import dataclasses
from collections.abc import Callable, Collection, Mapping

from django.utils.functional import Promise

from bookings.models import Booking
from centers.access import Viewer
from common.errors import DomainError


@dataclasses.dataclass(frozen=True)
class BookingUse:
    """Link beside a booking: to what was made of it, under its `title`, or without one an offer to make it."""

    label: Promise | str
    url: str
    title: str = ""
    icon: str = ""


Finder = Callable[[Collection[Booking], Viewer], Mapping[int, list[BookingUse]]]
Check = Callable[[Booking], DomainError | None]

_registered: dict[Finder, Check] = {}


def register(finder: Finder, check: Check) -> None:
    """Register `finder` of the uses of many bookings, by id, in a constant number of queries, and `check`.

    `check` says why a booking can't be cancelled while it is used; None if it can. The same again is harmless.
    """
    _registered[finder] = check


def uses_of(bookings: Collection[Booking], viewer: Viewer) -> dict[int, list[BookingUse]]:
    """Uses of these bookings (with space and center selected) that `viewer` may see, by id; none is left out."""
    found: dict[int, list[BookingUse]] = {booking.pk: [] for booking in bookings}
    if found:
        for finder in _registered:
            for pk, uses in finder(bookings, viewer).items():
                found[pk].extend(uses)
    return found


def refuse_if_needed(booking: Booking) -> None:
    """Raise the refusal of whoever still needs the booking's room. To be called with the booking locked."""
    for check in _registered.values():
        if refusal := check(booking):
            raise refusal
