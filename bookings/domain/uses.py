"""Uses of a booking: what higher apps made of it, and what they offer to make.

Shown beside the booking; one that needs its room keeps the booking from being cancelled, and ends with a use that is
ended early. A higher app registers its own: this app doesn't know of activities.
"""

import dataclasses
from collections.abc import Callable, Collection, Mapping

from django.utils.functional import Promise

from accounts.models import User
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
Lock = Callable[[Booking], None]
Ender = Callable[[Booking, User], None]


def never_needed(booking: Booking) -> DomainError | None:
    """No such use keeps a booking from being cancelled."""
    return None


def leave_alone(booking: Booking, *_others: object) -> None:
    """Nothing to lock, and nothing to end."""


@dataclasses.dataclass(frozen=True)
class KindOfUse:
    """Kind of use: one app and all that it makes of bookings.

    `finder`: its uses of many bookings, by id, in a constant number of queries. `why_needed`: why a booking can't be
    cancelled while it is used; None if it can. `lock`: locks the uses of a booking, before the booking itself is
    locked, as all do who change both. `end_early`: ends them with a use that is ended now, or raises why it can't be.
    """

    finder: Finder
    why_needed: Check = never_needed
    lock: Lock = leave_alone
    end_early: Ender = leave_alone


_registered: dict[str, KindOfUse] = {}


def register(name: str, kind: KindOfUse) -> None:
    """Register a kind of use under its name. The same again is harmless."""
    _registered[name] = kind


def uses_of(bookings: Collection[Booking], viewer: Viewer) -> dict[int, list[BookingUse]]:
    """Uses of these bookings (with space and center selected) that `viewer` may see, by id; none is left out."""
    found: dict[int, list[BookingUse]] = {booking.pk: [] for booking in bookings}
    if found:
        for kind in _registered.values():
            for pk, uses in kind.finder(bookings, viewer).items():
                found[pk].extend(uses)
    return found


def refuse_if_needed(booking: Booking) -> None:
    """Raise the refusal of whoever still needs the booking's room. To be called with the booking locked."""
    for kind in _registered.values():
        if refusal := kind.why_needed(booking):
            raise refusal


def lock(booking: Booking) -> None:
    """Lock what was made of a booking. To be called before the booking is locked."""
    for kind in _registered.values():
        kind.lock(booking)


def end_early(booking: Booking, actor: User) -> None:
    """End what takes place in a booking that ends now. To be called with both locked."""
    for kind in _registered.values():
        kind.end_early(booking, actor)
