"""Bulk insert of generated bookings: the same rows that the booking services write, by COPY."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings.choices import Status, Verb
from bookings.models import Booking, BookingContact, BookingEvent, Occupancy
from common.copying import copy_in, next_ids
from demo.services.generator import GeneratedBooking
from demo.services.people import Person
from notifications.choices import Outcome
from notifications.models import InboxMessage, Outbox

BOOKING = (
    "id", "reference", "space_id", "booker_id", "status", "starts_at", "ends_at", "planned_ends_at", "headcount",
    "purpose",
    "turnaround_minutes", "cancel_by", "decide_by", "policy", "lineage", "created_at", "is_demo",
)  # fmt: skip
OCCUPANCY = ("cell_id", "span", "booking_id")
CONTACT = ("booking_id", "organisation", "name", "phone", "note")
EVENT = ("booking_id", "verb", "actor_id", "at", "from_status", "to_status", "reason")
OUTBOX = (
    "id",
    "recipient_id",
    "kind",
    "subject_id",
    "created_at",
    "done_at",
    "attempts",
    "next_try_at",
    "last_error",
    "outcome",
)
INBOX = ("outbox_id", "recipient_id", "kind", "subject_id", "created_at", "read_at")

# Messages as old as this have been read.
UNREAD_FOR = dt.timedelta(days=4)
KINDS = {
    Verb.APPROVE: "booking_approved",
    Verb.REJECT: "booking_rejected",
    Verb.EXPIRE: "booking_expired",
}


def insert_bookings(bookings: Sequence[GeneratedBooking]) -> None:
    """Insert the bookings with their occupancies, contacts and events."""
    numbered = list(zip(next_ids(Booking, len(bookings)), bookings, strict=True))
    copy_in(Booking, BOOKING, (_booking(pk, booking) for pk, booking in numbered))
    copy_in(Occupancy, OCCUPANCY, (row for pk, booking in numbered if booking.holds for row in _occupancy(pk, booking)))
    copy_in(BookingContact, CONTACT, (_contact(pk, booking) for pk, booking in numbered))
    copy_in(BookingEvent, EVENT, (row for pk, booking in numbered for row in _events(pk, booking)))


def insert_inbox_messages(bookings: Sequence[GeneratedBooking], reader: Person, now: dt.datetime) -> None:
    """Insert the messages to `reader` about their bookings, as delivered, so that nothing is sent again."""
    messages = [
        (booking.reference, kind, at)
        for booking in bookings
        if booking.booker == reader
        for kind, at in _messages(booking)
    ]
    numbered = list(zip(next_ids(Outbox, len(messages)), messages, strict=True))
    end = ("", Outcome.DELIVERED.value)
    copy_in(
        Outbox,
        OUTBOX,
        ((pk, reader.pk, kind, reference, at, at, 0, at, *end) for pk, (reference, kind, at) in numbered),
    )
    read = [(at if at < now - UNREAD_FOR else None) for _pk, (_reference, _kind, at) in numbered]
    copy_in(
        InboxMessage,
        INBOX,
        (
            (pk, reader.pk, kind, reference, at, seen)
            for (pk, (reference, kind, at)), seen in zip(numbered, read, strict=True)
        ),
    )


def _booking(pk: int, booking: GeneratedBooking) -> tuple[Any, ...]:
    slot, policy = booking.slot, booking.slot.policy
    what = (pk, booking.reference, slot.room.pk, booking.booker.pk, booking.status.value)
    times = (slot.start, booking.ends_at, booking.planned_ends_at)
    rules = (policy.turnaround_minutes, booking.cancel_by, booking.decide_by, policy.stamp(), slot.lineage)
    return (*what, *times, booking.headcount, booking.purpose["purpose"], *rules, booking.created_at, True)


def _occupancy(pk: int, booking: GeneratedBooking) -> Iterator[tuple[Any, ...]]:
    span = DateTimeTZRange(booking.slot.start, booking.held_until, "[)")
    return ((cell, span, pk) for cell in booking.slot.room.cells)


def _contact(pk: int, booking: GeneratedBooking) -> tuple[Any, ...]:
    return (pk, booking.purpose["organisation"], booking.booker.name, booking.booker.phone, booking.purpose["note"])


def _events(pk: int, booking: GeneratedBooking) -> Iterator[tuple[Any, ...]]:
    return (
        (pk, event.verb.value, event.actor, event.at, str(event.before), str(event.after), event.reason)
        for event in booking.events
    )


def _messages(booking: GeneratedBooking) -> Iterator[tuple[str, dt.datetime]]:
    """Kind and moment of each message to the booker.

    Nobody gets a message about their own actions, but for the booking itself.
    """
    for event in booking.events:
        if event.verb == Verb.CREATE:
            yield ("booking_confirmed" if event.after == Status.APPROVED else "booking_requested"), event.at
        elif event.verb in KINDS:
            yield KINDS[event.verb], event.at
        elif event.verb == Verb.CANCEL and event.actor != booking.booker.pk:
            yield "booking_cancelled", event.at
