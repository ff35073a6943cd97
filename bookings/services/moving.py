"""Moving a booking to another time or room: the old slot is free only once the new one is had."""

import datetime as dt
from typing import Any

from django.db import IntegrityError, OperationalError, transaction

from accounts.models import User
from bookings import exceptions as refused
from bookings import messages, permissions
from bookings.choices import Status, Verb
from bookings.domain import occupancy
from bookings.models import NO_OVERLAP, Booking, Space
from bookings.services.booking import checked_facts, expire, locked_booking, record_event, slot_fields
from bookings.values.slot_request import SlotRequest
from common.database import is_deadlock, violates


def move_booking(
    *, actor: User, booking: Booking, starts_at: dt.datetime, ends_at: dt.datetime, space: Space | None = None
) -> Booking:
    """Move an approved booking that hasn't begun to [starts_at, ends_at), in its room or in `space`.

    The rules are those of booking; it doesn't stand in its own way, nor count twice. One transaction: refused, all
    stays as it was. Raises the `BookingError` of the first rule that refuses, SlotTaken if anybody was quicker,
    NotAllowed, NotMovable, NeedsConfirmation where a colleague confirms the use of the room.
    """
    room = space or booking.space
    request = SlotRequest(
        starts_at, ends_at, booking.headcount, room.pk, booking.booker_id, booking.is_for_center, booking.pk
    )
    if not permissions.can_move(actor, booking):
        raise refused.NotAllowed
    try:
        with transaction.atomic():
            taken = _lock_and_read_taken(booking, request)
            booking = locked_booking(booking)
            if booking.status != Status.APPROVED or not booking.is_to_come:
                raise refused.NotMovable
            return _move(actor, booking, request, taken)
    except (IntegrityError, OperationalError) as error:
        if violates(error, NO_OVERLAP) or is_deadlock(error):
            raise refused.SlotTaken from error
        raise


def _lock_and_read_taken(booking: Booking, request: SlotRequest) -> occupancy.Taken:
    """Lock the cells of both rooms in id order, as all do who book or set up, then the booker; what is taken."""
    occupancy.lock_cells({booking.space_id, request.space_id or booking.space_id})
    return occupancy.lock_and_read_taken(request)


def _move(actor: User, booking: Booking, request: SlotRequest, taken: occupancy.Taken) -> Booking:
    facts = checked_facts(request, taken)
    if not facts.space.policy.is_instant and not permissions.can_decide(actor, booking):
        raise refused.NeedsConfirmation
    for pk in taken.left_undecided:
        expire(pk)
    before = _slot(booking)
    fields = slot_fields(request, facts)
    for name, value in fields.items():
        setattr(booking, name, value)
    occupancy.let_go(booking)
    booking.save(update_fields=list(fields))
    occupancy.hold(booking, taken.cell_ids)
    changes = {name: [old, new] for (name, old), new in zip(before.items(), _slot(booking).values(), strict=True)}
    changed = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    record_event(booking, Verb.MOVE, actor, booking.status, changes=changed)
    messages.post_changed(booking, Verb.MOVE, actor)
    return booking


def _slot(booking: Booking) -> dict[str, Any]:
    """Time and room of a booking, as its history keeps them."""
    starts_at, ends_at = (moment.astimezone(dt.UTC).isoformat() for moment in (booking.starts_at, booking.ends_at))
    return {"starts_at": starts_at, "ends_at": ends_at, "space": booking.space_id}
