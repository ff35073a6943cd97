"""Codes to rate the use of a room by: for those who work at its center, and a link for who booked it."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bookings.domain import uses
from bookings.domain.uses import BookingUse, KindOfUse
from bookings.models import Booking
from centers.access import Viewer, roles_at_each
from centers.choices import WORKING
from common import clock
from ratings.choices import Channel
from ratings.domain.subjects import USED
from ratings.values.limits import RATED_FOR
from ratings.values.tokens import Kind, Token


def codes_of_bookings(bookings: Collection[Booking], viewer: Viewer) -> dict[int, list[BookingUse]]:
    """The code, or the link, of each use that can be rated now. One query, none where there is no such use."""
    now = clock.now()
    rated = [one for one in bookings if one.status in USED and one.starts_at <= now < one.ends_at + RATED_FOR]
    if not rated:
        return {}
    roles = roles_at_each(viewer, {booking.space.center_id for booking in rated})
    found = {}
    for booking in rated:
        if not roles[booking.space.center_id].isdisjoint(WORKING):
            found[booking.pk] = [_code(booking)]
        elif viewer.is_authenticated and booking.booker_id == viewer.pk:
            found[booking.pk] = [_link(booking)]
    return found


def _code(booking: Booking) -> BookingUse:
    return BookingUse(_("Code to rate by"), reverse("ratings:code_booking", args=[booking.reference]), icon="scan")


def _link(booking: Booking) -> BookingUse:
    token = Token(Kind.BOOKING, booking.reference, Channel.LINK)
    return BookingUse(_("Rate it"), reverse("ratings:rating_create", args=[str(token)]), icon="message")


def register_all() -> None:
    """Make the codes known to the bookings."""
    uses.register("ratings", KindOfUse(codes_of_bookings))
