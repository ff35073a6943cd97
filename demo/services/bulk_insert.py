"""Stories into tables: the same rows that the booking services write, by COPY, in five statements."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings.choices import Status, Verb
from bookings.models import Booking, BookingContact, BookingEvent, Occupancy
from demo.services.copy_rows import copy_in, next_ids
from demo.services.generator import Story
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


def write(stories: Sequence[Story]) -> None:
    """Add the bookings with what they hold, their contacts and their histories."""
    numbered = list(zip(next_ids(Booking, len(stories)), stories, strict=True))
    copy_in(Booking, BOOKING, (_booking(pk, story) for pk, story in numbered))
    copy_in(Occupancy, OCCUPANCY, (row for pk, story in numbered if story.holds for row in _occupancy(pk, story)))
    copy_in(BookingContact, CONTACT, (_contact(pk, story) for pk, story in numbered))
    copy_in(BookingEvent, EVENT, (row for pk, story in numbered for row in _events(pk, story)))


def write_inbox(stories: Sequence[Story], reader: Person, now: dt.datetime) -> None:
    """Add what `reader` was told about their bookings: as delivered, so that nothing is sent again."""
    told = [(story.reference, kind, at) for story in stories if story.booker == reader for kind, at in _messages(story)]
    numbered = list(zip(next_ids(Outbox, len(told)), told, strict=True))
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


def _booking(pk: int, story: Story) -> tuple[Any, ...]:
    use, policy = story.use, story.use.policy
    what = (pk, story.reference, use.room.pk, story.booker.pk, story.status.value)
    times = (use.start, story.ends_at, story.planned_ends_at)
    rules = (policy.turnaround_minutes, story.cancel_by, story.decide_by, policy.stamp(), use.lineage)
    return (*what, *times, story.headcount, story.script["purpose"], *rules, story.created_at, True)


def _occupancy(pk: int, story: Story) -> Iterator[tuple[Any, ...]]:
    span = DateTimeTZRange(story.use.start, story.held_until, "[)")
    return ((cell, span, pk) for cell in story.use.room.cells)


def _contact(pk: int, story: Story) -> tuple[Any, ...]:
    return (pk, story.script["organisation"], story.booker.name, story.booker.phone, story.script["note"])


def _events(pk: int, story: Story) -> Iterator[tuple[Any, ...]]:
    return (
        (pk, event.verb.value, event.actor, event.at, str(event.before), str(event.after), event.reason)
        for event in story.events
    )


def _messages(story: Story) -> Iterator[tuple[str, dt.datetime]]:
    """Kinds and moments of what the booker was told.

    Nobody is told what they did themselves, but for the booking itself.
    """
    for event in story.events:
        if event.verb == Verb.CREATE:
            yield ("booking_confirmed" if event.after == Status.APPROVED else "booking_requested"), event.at
        elif event.verb in KINDS:
            yield KINDS[event.verb], event.at
        elif event.verb == Verb.CANCEL and event.actor != story.booker.pk:
            yield "booking_cancelled", event.at
