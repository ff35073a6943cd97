"""The verbs of booking.

Each is one transaction: locks first, then the rules, then the change, its event and its message.
"""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, OperationalError, transaction

from accounts.models import User
from accounts.services.privacy import log_phone_view
from bookings import exceptions as refused
from bookings import messages, permissions
from bookings.choices import Status, Verb
from bookings.domain import occupancy, uses
from bookings.domain.facts import RequestFacts, facts_of_taken, request_facts
from bookings.domain.rules import RULES_BEFORE_POLICY, first_refusal, rules_for
from bookings.models import NO_OVERLAP, Booking, BookingContact, BookingEvent, Space
from bookings.selectors.unusable import refusals_of_use
from bookings.values.policy import Policy
from bookings.values.slot_request import SlotRequest
from common import clock
from common.database import is_deadlock, violates


@dataclasses.dataclass(frozen=True)
class Contact:
    """Contact of a booking: whom to call. Personal data: kept apart, erasable."""

    name: str
    phone: str
    organisation: str = ""
    note: str = ""


def create_booking(*, actor: User, request: SlotRequest, purpose: str, contact: Contact) -> Booking:
    """Book a slot in `actor`'s name; approved at once or pending, as the policy says.

    Raises the `BookingError` of the first rule that refuses, `SlotTaken` if anybody was quicker. At most ten
    statements.
    """
    if not permissions.can_book(actor) or request.booker_id != actor.pk or request.space_id is None:
        raise refused.NotAllowed
    if request.is_for_center and not permissions.can_book_for_center(actor, Space.objects.get(pk=request.space_id)):
        raise refused.NotAllowed
    try:
        with transaction.atomic():
            taken = occupancy.lock_and_read_taken(request)
            facts = checked_facts(request, taken)
            # What they hold must go before another can be written.
            for pk in taken.left_undecided:
                expire(pk)
            booking = _new_booking(actor, request, purpose, facts)
            booking.save(force_insert=True)
            occupancy.hold(booking, taken.cell_ids)
            BookingContact.objects.create(booking=booking, **dataclasses.asdict(contact))
            record_event(booking, Verb.CREATE, actor, "")
            if not request.is_for_center:
                messages.post_created(booking)
    except (IntegrityError, OperationalError) as error:
        # A rival's row was there first, or both waited for each other: for the person it's the same.
        if violates(error, NO_OVERLAP) or is_deadlock(error):
            raise refused.SlotTaken from error
        raise
    return booking


def check_booking(*, request: SlotRequest) -> Policy:
    """Raise what `create_booking` would refuse just now, without holding anything.

    Returns the policy that holds on the day of use.
    """
    with transaction.atomic():
        return checked_facts(request, occupancy.taken_for(request)).space.policy


def approve_booking(*, actor: User, booking: Booking) -> Booking:
    """Grant a pending booking.

    Raises NotAllowed, OwnRequest, AlreadyDecided, TooLateToDecide, OpenNoMore, or the first rule of use that it breaks
    by now.
    """
    with transaction.atomic():
        booking = locked_booking(booking)
        _must_be_decidable(actor, booking)
        if refusal := refusals_of_use([booking]).get(booking.pk):
            raise refused.OpenNoMore if isinstance(refusal, refused.CenterShut) else refusal
        return _move(booking, Verb.APPROVE, Status.APPROVED, actor)


def reject_booking(*, actor: User, booking: Booking, reason: str) -> Booking:
    """Refuse a pending booking, with a reason; its time is free at once.

    Raises NotAllowed, OwnRequest, AlreadyDecided, TooLateToDecide, ReasonMissing.
    """
    if not reason.strip():
        raise refused.ReasonMissing
    with transaction.atomic():
        booking = locked_booking(booking)
        _must_be_decidable(actor, booking)
        occupancy.let_go(booking)
        return _move(booking, Verb.REJECT, Status.REJECTED, actor, reason.strip())


def cancel_booking(*, actor: User, booking: Booking, reason: str = "") -> Booking:
    """Take a booking back before it begins; its time is free at once. Staff must say why.

    Raises NotAllowed, NotCancellable, ReasonMissing, and what `uses` refuses while something needs its room.
    """
    with transaction.atomic():
        booking = locked_booking(booking)
        if not permissions.can_cancel(actor, booking):
            raise refused.NotAllowed
        if not booking.is_to_come:
            raise refused.NotCancellable
        uses.refuse_if_needed(booking)
        reason = _reason_of(actor, booking, reason)
        occupancy.let_go(booking)
        return _move(booking, Verb.CANCEL, Status.CANCELLED, actor, reason)


def release_early(*, actor: User, booking: Booking, reason: str = "") -> Booking:
    """End a use that is going on, now; what is left of it (after the turnaround) is free. Staff must say why.

    Raises NotAllowed, NotInUse, ReasonMissing, and what `uses` refuses while something needs the rest of the time.
    """
    with transaction.atomic():
        uses.lock(booking)
        booking = locked_booking(booking)
        if not permissions.can_release(actor, booking):
            raise refused.NotAllowed
        if not booking.can_end_early:
            raise refused.NotInUse
        reason = _reason_of(actor, booking, reason)
        uses.end_early(booking, actor)
        booking.planned_ends_at, booking.ends_at = booking.ends_at, clock.now()
        occupancy.shorten(booking)
        return _move(booking, Verb.RELEASE, Status.RELEASED, actor, reason)


def reveal_phone(*, actor: User, booking: Booking) -> str:
    """The contact's number in full, for those who work at the center and have to call; that is written down.

    Raises NotAllowed.
    """
    if not permissions.can_handle(actor, booking):
        raise refused.NotAllowed
    with transaction.atomic():
        log_phone_view(actor=actor, subject=booking.booker, purpose=f"booking {booking.reference}")
        return BookingContact.objects.filter(booking=booking).values_list("phone", flat=True).first() or ""


def expire_undecided(*, now: dt.datetime) -> int:
    """Pending bookings whose time has come undecided end as expired, and their bookers are told.

    Returns how many; safe to repeat.
    """
    left = Booking.objects.left_undecided(now).values_list("pk", flat=True)
    return sum(expire(pk) for pk in left)


@transaction.atomic
def expire(pk: int) -> bool:
    """End a request that nobody answered in time; False where somebody else is at it, or was."""
    locked = Booking.objects.select_for_update(of=["self"], skip_locked=True).select_related("space")
    booking = locked.filter(pk=pk, status=Status.PENDING).first()
    if booking is None:
        return False
    occupancy.let_go(booking)
    _move(booking, Verb.EXPIRE, Status.EXPIRED, None)
    return True


def checked_facts(request: SlotRequest, taken: occupancy.Taken) -> RequestFacts:
    """The facts about a request that breaks no rule and no quota. Whoever is only too late is told without a query.

    Raises the `BookingError` of the first rule that refuses, or OverQuota; SpaceNotBookable of a space without cells,
    which no occupancy could guard.
    """
    if not taken.cell_ids:
        raise refused.SpaceNotBookable
    early = facts_of_taken(taken)
    if refusal := first_refusal(request, early, RULES_BEFORE_POLICY):
        raise refusal
    facts = request_facts(request, taken, early.now)
    if refusal := first_refusal(request, facts.space, rules_for(request)):
        raise refusal
    if not request.is_for_center and facts.booked_in_month >= facts.space.policy.quota_count:
        raise refused.OverQuota(limit=facts.space.policy.quota_count, month=request.day)
    return facts


def _new_booking(actor: User, request: SlotRequest, purpose: str, facts: RequestFacts) -> Booking:
    policy, now = facts.space.policy, facts.space.now
    return Booking(
        booker=actor,
        status=Status.APPROVED if policy.is_instant else Status.PENDING,
        headcount=request.headcount,
        purpose=purpose,
        decide_by=None if policy.is_instant else _decide_by(request, facts),
        is_for_center=request.is_for_center,
        created_at=now,
        **slot_fields(request, facts),
    )


def slot_fields(request: SlotRequest, facts: RequestFacts) -> dict[str, Any]:
    """Fields of a booking that go with its slot: room, time, and what the policy says of them on that day."""
    policy = facts.space.policy
    return {
        "space_id": facts.space_id,
        "starts_at": request.starts_at,
        "ends_at": request.ends_at,
        "turnaround_minutes": policy.turnaround_minutes,
        "cancel_by": request.starts_at - dt.timedelta(hours=policy.cancel_hours),
        "policy": policy.stamp(),
        "lineage": facts.lineage,
    }


def _decide_by(request: SlotRequest, facts: RequestFacts) -> dt.datetime:
    """The same time of day so many working days on, but never after the use begins."""
    return min(request.starts_at, clock.at(facts.calendar.decide_day, clock.local(facts.space.now).time()))


def locked_booking(booking: Booking) -> Booking:
    """The booking as it is now, locked: whoever decides second sees what the first did."""
    return Booking.objects.select_for_update(of=["self"]).select_related("space").get(pk=booking.pk)


def _reason_of(actor: User, booking: Booking, reason: str) -> str:
    """The reason for taking time back: staff must give one, the booker need not. Raises ReasonMissing."""
    reason = reason.strip()
    if not reason and booking.booker_id != actor.pk:
        raise refused.ReasonMissing
    return reason


def _must_be_decidable(actor: User, booking: Booking) -> None:
    if not permissions.can_handle(actor, booking):
        raise refused.NotAllowed
    if not permissions.can_decide(actor, booking):
        raise refused.OwnRequest
    if booking.status != Status.PENDING:
        raise refused.AlreadyDecided(status=booking.get_status_display())
    if booking.starts_at <= clock.now():
        raise refused.TooLateToDecide


def _move(booking: Booking, verb: Verb, to: Status, actor: User | None, reason: str = "") -> Booking:
    """Change the status and write the event and the message of it."""
    before, booking.status = booking.status, to
    booking.save(update_fields=["status", "ends_at", "planned_ends_at"])
    record_event(booking, verb, actor, before, reason)
    messages.post_changed(booking, verb, actor)
    return booking


def record_event(
    booking: Booking,
    verb: Verb,
    actor: User | None,
    before: str,
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Write down what happened to a booking."""
    BookingEvent.objects.create(
        booking=booking,
        verb=verb,
        actor=actor,
        at=clock.now(),
        from_status=before,
        to_status=booking.status,
        reason=reason,
        changes=changes or {},
    )
