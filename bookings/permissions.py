"""Permissions on spaces and bookings: roles mapped to verbs. Reads only."""

from bookings.models import Booking, Space
from centers.access import Viewer, roles_at
from centers.choices import MANAGING, WORKING, Role
from centers.models import Center


def _holds(actor: Viewer, center: Center | int, roles: tuple[Role, ...]) -> bool:
    return not roles_at(actor, center).isdisjoint(roles)


def can_book(actor: Viewer) -> bool:
    """Anybody who has signed in."""
    return actor.is_authenticated and actor.is_active


def can_book_for_center(actor: Viewer, space: Space) -> bool:
    """Allow those who work for the space's center."""
    return _holds(actor, space.center_id, WORKING)


def can_handle(actor: Viewer, booking: Booking) -> bool:
    """Allow those who work for the space's center."""
    return _holds(actor, booking.space.center_id, WORKING)


def can_decide(actor: Viewer, booking: Booking) -> bool:
    """Allow those who work for the space's center, but for the booker."""
    return booking.booker_id != actor.pk and can_handle(actor, booking)


def can_cancel(actor: Viewer, booking: Booking) -> bool:
    """The booker, and those who work for the space's center."""
    return booking.booker_id == actor.pk or can_handle(actor, booking)


can_release = can_cancel
can_move = can_cancel


def can_manage_spaces(actor: Viewer, center: Center) -> bool:
    """Managers and administrators: rooms, policies, maintenance, closures."""
    return _holds(actor, center, MANAGING)
