"""Bookings as events of a calendar."""

import datetime as dt
from collections.abc import Callable

from django.utils.translation import gettext as _

from accounts.models import User
from bookings.choices import HOLDING
from bookings.models import Booking
from common.calendar_files import CalendarEvent

# From an address of this portal to one that another program can open.
Whole = Callable[[str], str]


def booking_event(booking: Booking, whole: Whole) -> CalendarEvent:
    """Event of a booking whose events and center are loaded; it stays the same event when it is moved or taken back."""
    events = list(booking.events.all())
    title = _("{room} (not confirmed yet)") if booking.is_undecided else "{room}"
    return CalendarEvent(
        uid=f"booking-{booking.reference}@pingh-portal",
        title=title.format(room=booking.space.shown_name),
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        changed_at=events[-1].at if events else booking.created_at,
        sequence=max(len(events) - 1, 0),
        place=", ".join(filter(None, (booking.space.center.shown_name, booking.space.center.address))),
        text=_("Booking number {reference}").format(reference=booking.reference),
        url=whole(booking.get_absolute_url()),
        is_cancelled=booking.status not in HOLDING,
    )


def booking_events(booker: User, since: dt.datetime, whole: Whole) -> list[CalendarEvent]:
    """Events of a person's bookings from a moment on, those taken back among them. Two queries."""
    booked = Booking.objects.own(booker).filter(ends_at__gt=since)
    booked = booked.select_related("space__center").prefetch_related("events").order_by("starts_at", "id")
    return [booking_event(booking, whole) for booking in booked]
