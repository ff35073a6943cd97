"""Bookings as what is coming up for their booker, and the words that remind of them."""

import datetime as dt
from collections.abc import Collection, Iterator

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.choices import Status
from bookings.messages import SUBJECT
from bookings.models import Booking, Occupancy
from common import clock
from common.words.times import span_words
from notifications.choices import ReminderStep
from notifications.domain import coming, message_kinds
from notifications.domain.coming import Coming
from notifications.domain.message_kinds import MessageKind
from notifications.values.texts import MessageText

SOURCE = "booking"


def coming_bookings(first: dt.datetime, last: dt.datetime) -> Iterator[Coming]:
    """Granted bookings that begin in [first, last), but for what centers hold themselves. One query.

    Found by what they hold: that is indexed by time, the bookings aren't.
    """
    holding = Occupancy.objects.filter(span__overlap=DateTimeTZRange(first, last, "[)")).values("booking")
    found = Booking.objects.filter(pk__in=holding, status=Status.APPROVED, is_for_center=False)
    found = found.filter(starts_at__gte=first, starts_at__lt=last, booker__is_active=True).select_related("booker")
    stood = Max("events__at", filter=Q(events__to_status=Status.APPROVED))
    for booking in found.annotate(stood_since=stood).order_by("starts_at", "id"):
        since = booking.stood_since or booking.created_at
        yield Coming(booking.booker, booking.reference, booking.reference, booking.starts_at, since)


def texts_of(kind: str, subject_ids: Collection[str]) -> dict[str, MessageText]:
    """Words of many reminders, by booking reference. One query."""
    bookings = Booking.objects.filter(reference__in=list(subject_ids)).select_related("space__center")
    return {booking.reference: _text(booking) for booking in bookings}


def register_all() -> None:
    """Make the bookings known to the reminders, and their words to the inbox and the channels."""
    coming.register(SOURCE, coming_bookings)
    for step in ReminderStep:
        message_kinds.register(MessageKind(coming.kind_of(SOURCE, step), SUBJECT, texts_of))


def _text(booking: Booking) -> MessageText:
    space, may_cancel = booking.space, booking.is_to_come
    parts = {
        "where": _("{center}, {room}").format(center=space.center.shown_short_name, room=space.shown_name),
        "when": span_words(booking.starts_at, booking.ends_at),
    }
    return MessageText(
        title=_("Reminder"),
        body=_("%(where)s is booked for you, %(when)s. If you can't come, please cancel it.") % parts,
        url=booking.get_absolute_url(),
        act=_("Can't come: cancel the booking") if may_cancel else "",
        act_url=reverse("bookings:booking_cancel", args=[booking.reference]) if may_cancel else "",
        is_current=booking.status == Status.APPROVED and booking.ends_at > clock.now(),
        stale_after=booking.starts_at,
    )
