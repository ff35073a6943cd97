"""Generator of a demo booking with its history.

Events come in the order the services allow: requested, approved or rejected or expired, cancelled or released early.
"""

import dataclasses
import datetime as dt
import random

from bookings.choices import HOLDING, Status, Verb
from bookings.domain.rules import STEP
from bookings.values.references import new_reference
from common import clock
from demo.services import office
from demo.services.calendar import OccupancyCalendar
from demo.services.candidate_slots import CandidateSlot
from demo.services.people import DemoPeople, Person
from demo.values import samples

MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
LONGEST_LEAD_DAYS, RECENT_DAYS = 14, 8
# Shares: rejected or expired of what staff must confirm; cancelled or released early of what was approved.
REJECTED, EXPIRED, CANCELLED, CANCELLED_BY_STAFF, RELEASED = 0.07, 0.03, 0.08, 0.01, 0.08


@dataclasses.dataclass(frozen=True)
class Event:
    """A booking event; `actor` is a user's id, None for the portal itself."""

    verb: Verb
    at: dt.datetime
    actor: int | None
    before: str
    after: str
    reason: str = ""


@dataclasses.dataclass
class GeneratedBooking:
    """A booking with its events; `ends_at` moves when it is released early."""

    slot: CandidateSlot
    booker: Person
    reference: str
    headcount: int
    purpose: samples.Row
    created_at: dt.datetime
    ends_at: dt.datetime
    decide_by: dt.datetime | None = None
    status: Status = Status.PENDING
    planned_ends_at: dt.datetime | None = None
    events: list[Event] = dataclasses.field(default_factory=list)

    @property
    def holds(self) -> bool:
        return self.status in HOLDING

    @property
    def held_until(self) -> dt.datetime:
        return self.ends_at + self.slot.policy.turnaround

    @property
    def cancel_by(self) -> dt.datetime:
        return self.slot.start - dt.timedelta(hours=self.slot.policy.cancel_hours)

    def move(self, verb: Verb, to: Status, at: dt.datetime, actor: int | None, reason: str = "") -> None:
        """Change the status and record the event."""
        self.events.append(Event(verb, at, actor, self.status if self.events else "", to, reason))
        self.status = to


def generate_request(
    slot: CandidateSlot, booker: Person, created_at: dt.datetime, rng: random.Random, calendar: OccupancyCalendar
) -> GeneratedBooking:
    """Generate a new booking: approved at once or pending, as the policy says."""
    policy = slot.policy
    booking = GeneratedBooking(
        slot=slot,
        booker=booker,
        reference=new_reference(rng.randrange),
        headcount=max(1, round(slot.room.capacity * rng.uniform(0.2, 0.9))),
        purpose=rng.choice(samples.rows("purposes")),
        created_at=created_at,
        ends_at=slot.end,
    )
    if not policy.is_instant:
        asked = clock.local(created_at)
        due = calendar.workday_after(slot.room, asked.date(), policy.decide_workdays)
        booking.decide_by = min(slot.start, office.deadline(due, asked.time()))
    status = Status.APPROVED if policy.is_instant else Status.PENDING
    booking.move(Verb.CREATE, status, created_at, booker.pk)
    return booking


def generate(
    slot: CandidateSlot,
    booker: Person,
    demo_people: DemoPeople,
    calendar: OccupancyCalendar,
    rng: random.Random,
    now: dt.datetime,
) -> GeneratedBooking:
    """Generate a booking and its history up to `now`, drawn from `rng`."""
    booking = generate_request(slot, booker, _draw_created_at(slot, rng, now), rng, calendar)
    staff = demo_people.decider(slot.lineage)
    if booking.status == Status.PENDING:
        _decide(booking, staff, rng, now)
    if booking.status == Status.APPROVED:
        _cancel_or_release(booking, staff, rng, now)
    return booking


def _draw_created_at(slot: CandidateSlot, rng: random.Random, now: dt.datetime) -> dt.datetime:
    """Draw the moment of the request: in office hours, before `now`, and within the horizon before the slot."""
    starts_on, today = clock.local(slot.start).date(), clock.local(now).date()
    lead = rng.randint(max(1, slot.policy.notice_workdays), LONGEST_LEAD_DAYS)
    time = office.draw_time(rng)
    recently = today - rng.randint(1, RECENT_DAYS) * DAY
    day = max(min(starts_on - lead * DAY, recently), starts_on - slot.policy.horizon_days * DAY)
    asked = clock.at(day, time)
    return asked if asked < now else office.last_before(now, rng)


def _decide(booking: GeneratedBooking, staff: int, rng: random.Random, now: dt.datetime) -> None:
    """Draw the decision: mostly approved within the deadline; pending where its moment is after `now`."""
    time_given = (booking.decide_by or booking.slot.start) - booking.created_at
    answered = office.into_office_hours(
        booking.created_at + time_given * rng.uniform(0.05, 0.7), booking.created_at, rng
    )
    fate = rng.random()
    if fate < EXPIRED and booking.slot.start <= now:
        booking.move(Verb.EXPIRE, Status.EXPIRED, booking.slot.start + MINUTE, None)
    elif answered >= now:
        return
    elif fate < EXPIRED + REJECTED:
        booking.move(Verb.REJECT, Status.REJECTED, answered, staff, rng.choice(samples.reasons()[Verb.REJECT]))
    else:
        booking.move(Verb.APPROVE, Status.APPROVED, answered, staff)


def _cancel_or_release(booking: GeneratedBooking, staff: int, rng: random.Random, now: dt.datetime) -> None:
    """Draw a cancellation or an early release of an approved booking; most have neither."""
    granted = booking.events[-1].at
    fate = rng.random()
    if fate < CANCELLED + CANCELLED_BY_STAFF:
        drawn = granted + (max(booking.cancel_by, granted) - granted) * rng.uniform(0.2, 1)
        cancelled = office.into_office_hours(drawn, granted, rng)
        if granted <= cancelled < min(now, booking.slot.start):
            by_staff = fate >= CANCELLED
            reason = rng.choice(samples.reasons()[Verb.CANCEL]) if by_staff else ""
            booking.move(Verb.CANCEL, Status.CANCELLED, cancelled, staff if by_staff else booking.booker.pk, reason)
    elif fate < CANCELLED + CANCELLED_BY_STAFF + RELEASED and booking.slot.end <= now:
        steps = (booking.slot.end - booking.slot.start) // STEP
        if steps < 2:
            return
        booking.planned_ends_at = booking.slot.end
        booking.ends_at = booking.slot.start + rng.randint(1, steps - 1) * STEP
        booking.move(Verb.RELEASE, Status.RELEASED, booking.ends_at, booking.booker.pk)
