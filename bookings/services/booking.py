"""The verbs of booking. Each is one transaction: locks first, then the rules, then the change, its event and its message."""

import dataclasses
import datetime as dt
from typing import Any

from django.db import IntegrityError, OperationalError, transaction

from accounts.services.privacy import log_phone_view
from bookings import exceptions as refused
from bookings import messages, permissions
from bookings.choices import Status, Verb
from bookings.domain import occupancy, policies, rules
from bookings.models import NO_OVERLAP, Booking, BookingContact, BookingEvent, Space
from bookings.selectors.outside_hours import outside_hours
from bookings.values.policy import Policy
from centers.domain import hours
from common import clock

DEADLOCK = "40P01"


@dataclasses.dataclass(frozen=True)
class Contact:
    """Who to call about a booking. Personal data: kept apart, erasable."""

    name: str
    phone: str
    organisation: str = ""
    note: str = ""


def create_booking(
    *, actor: Any, space: Space, start: dt.datetime, end: dt.datetime, headcount: int, purpose: str, contact: Contact
) -> Booking:
    """Book `space` for [start, end) in `actor`'s name; approved at once or pending, as the policy says.

    Raises the `BookingError` of the first rule that refuses, `SlotTaken` if anybody was quicker. At most 16 statements.
    """
    if not permissions.can_book(actor):
        raise refused.NotAllowed
    try:
        with transaction.atomic():
            cell_ids = occupancy.lock_cells([space.pk])
            taken = occupancy.taken_around(cell_ids, start, end)
            policy, lineage = _ask_all(actor, space, start, end, headcount, taken)
            booking = _new_booking(actor, space, start, end, headcount, purpose, policy, lineage)
            booking.save(force_insert=True)
            occupancy.hold(booking, cell_ids)
            BookingContact.objects.create(booking=booking, **dataclasses.asdict(contact))
            _record(booking, Verb.CREATE, actor, "")
            messages.post_created(booking)
    except (IntegrityError, OperationalError) as error:
        if _lost_the_race(error):
            raise refused.SlotTaken from error
        raise
    return booking


def check_booking(*, actor: Any, space: Space, start: dt.datetime, end: dt.datetime, headcount: int) -> Policy:
    """Raise what `create_booking` would refuse just now, without holding anything; for the page that is looked at before sending."""
    with transaction.atomic():
        taken = occupancy.taken_around(list(space.cells.values_list("pk", flat=True)), start, end)
        policy, _lineage = _ask_all(actor, space, start, end, headcount, taken)
    return policy


def approve_booking(*, actor: Any, booking: Booking) -> Booking:
    """Grant a pending booking. Raises NotAllowed, OwnRequest, AlreadyDecided, TooLateToDecide, OpenNoMore."""
    with transaction.atomic():
        booking = _locked(booking)
        _must_be_decidable(actor, booking)
        if outside_hours([booking]):
            raise refused.OpenNoMore
        return _move(booking, Verb.APPROVE, Status.APPROVED, actor)


def reject_booking(*, actor: Any, booking: Booking, reason: str) -> Booking:
    """Refuse a pending booking, with a reason; its time is free at once.

    Raises NotAllowed, OwnRequest, AlreadyDecided, TooLateToDecide, ReasonMissing.
    """
    if not reason.strip():
        raise refused.ReasonMissing
    with transaction.atomic():
        booking = _locked(booking)
        _must_be_decidable(actor, booking)
        occupancy.let_go(booking)
        return _move(booking, Verb.REJECT, Status.REJECTED, actor, reason.strip())


def cancel_booking(*, actor: Any, booking: Booking, reason: str = "") -> Booking:
    """Take a booking back before it begins; its time is free at once. Staff must say why.

    Raises NotAllowed, NotCancellable, ReasonMissing.
    """
    with transaction.atomic():
        booking = _locked(booking)
        if not permissions.can_cancel(actor, booking):
            raise refused.NotAllowed
        if not booking.is_to_come:
            raise refused.NotCancellable
        if booking.booker_id != actor.pk and not reason.strip():
            raise refused.ReasonMissing
        occupancy.let_go(booking)
        return _move(booking, Verb.CANCEL, Status.CANCELLED, actor, reason.strip())


def release_early(*, actor: Any, booking: Booking, reason: str = "") -> Booking:
    """End a use that is going on, now; what is left of it (after the turnaround) is free. Staff must say why.

    Raises NotAllowed, NotInUse, ReasonMissing.
    """
    with transaction.atomic():
        booking = _locked(booking)
        if not permissions.can_release(actor, booking):
            raise refused.NotAllowed
        if not booking.can_end_early:
            raise refused.NotInUse
        if booking.booker_id != actor.pk and not reason.strip():
            raise refused.ReasonMissing
        booking.planned_ends_at, booking.ends_at = booking.ends_at, clock.now()
        occupancy.shorten(booking)
        return _move(booking, Verb.RELEASE, Status.RELEASED, actor, reason.strip())


def reveal_phone(*, actor: Any, booking: Booking) -> str:
    """The contact's number in full, for those who work at the center and have to call; that is written down.

    Raises NotAllowed.
    """
    if not permissions.can_handle(actor, booking):
        raise refused.NotAllowed
    with transaction.atomic():
        log_phone_view(actor=actor, subject=booking.booker, purpose=f"booking {booking.reference}")
        return BookingContact.objects.filter(booking=booking).values_list("phone", flat=True).first() or ""


def expire_undecided(*, now: dt.datetime) -> int:
    """Pending bookings whose time has come undecided end as expired, and their bookers are told. Returns how many; safe to repeat."""
    expired = 0
    for pk in Booking.objects.pending().filter(starts_at__lte=now).values_list("pk", flat=True):
        with transaction.atomic():
            booking = (
                Booking.objects.select_for_update(of=["self"], skip_locked=True)
                .select_related("space")
                .filter(pk=pk)
                .first()
            )
            if booking is None or booking.status != Status.PENDING:
                continue
            occupancy.let_go(booking)
            _move(booking, Verb.EXPIRE, Status.EXPIRED, None)
            expired += 1
    return expired


def _ask_all(
    actor: Any, space: Space, start: dt.datetime, end: dt.datetime, headcount: int, taken: occupancy.Taken
) -> tuple[Policy, list[int]]:
    """Policy and lineage of the space, if nothing refuses; whoever is only too late is told before anything else is looked up."""
    taken.refuse(start, end)
    policy, lineage = policies.policy_of(space.pk)
    taken.refuse(start, end + policy.turnaround)
    rules.check_all(
        rules.Wish(
            booker_id=actor.pk,
            space=space,
            start=start,
            end=end,
            headcount=headcount,
            policy=policy,
            repairs=taken.repairs,
        )
    )
    return policy, lineage


def _new_booking(
    actor: Any,
    space: Space,
    start: dt.datetime,
    end: dt.datetime,
    headcount: int,
    purpose: str,
    policy: Policy,
    lineage: list[int],
) -> Booking:
    now = clock.now()
    return Booking(
        space=space,
        booker=actor,
        status=Status.APPROVED if policy.is_instant else Status.PENDING,
        starts_at=start,
        ends_at=end,
        headcount=headcount,
        purpose=purpose,
        turnaround_minutes=policy.turnaround_minutes,
        cancel_by=start - dt.timedelta(hours=policy.cancel_hours),
        decide_by=None if policy.is_instant else _decide_by(space, start, policy, now),
        policy=policy.stamp(),
        lineage=lineage,
        created_at=now,
    )


def _decide_by(space: Space, start: dt.datetime, policy: Policy, now: dt.datetime) -> dt.datetime:
    """The same time of day so many working days on, but never after the use begins."""
    today = clock.local(now)
    due = hours.workday_after(space.center_id, today.date(), policy.decide_workdays)
    return min(start, clock.at(due, today.time()))


def _locked(booking: Booking) -> Booking:
    """The booking as it is now, locked: whoever decides second sees what the first did."""
    return Booking.objects.select_for_update(of=["self"]).select_related("space").get(pk=booking.pk)


def _must_be_decidable(actor: Any, booking: Booking) -> None:
    if not permissions.can_handle(actor, booking):
        raise refused.NotAllowed
    if not permissions.can_decide(actor, booking):
        raise refused.OwnRequest
    if booking.status != Status.PENDING:
        raise refused.AlreadyDecided(status=booking.get_status_display())
    if booking.starts_at <= clock.now():
        raise refused.TooLateToDecide


def _move(booking: Booking, verb: Verb, to: Status, actor: Any, reason: str = "") -> Booking:
    """Change the status and write the event and the message of it."""
    before, booking.status = booking.status, to
    booking.save(update_fields=["status", "ends_at", "planned_ends_at"])
    _record(booking, verb, actor, before, reason)
    messages.post_moved(booking, verb, actor)
    return booking


def _record(booking: Booking, verb: Verb, actor: Any, before: str, reason: str = "") -> None:
    BookingEvent.objects.create(
        booking=booking,
        verb=verb,
        actor=actor,
        at=clock.now(),
        from_status=before,
        to_status=booking.status,
        reason=reason,
    )


def _lost_the_race(error: Exception) -> bool:
    """A rival's row was there first (the constraint), or both waited for each other (a deadlock): for the person it's the same."""
    cause = error.__cause__
    if getattr(cause, "pgcode", None) == DEADLOCK:
        return True
    return getattr(getattr(cause, "diag", None), "constraint_name", None) == NO_OVERLAP
