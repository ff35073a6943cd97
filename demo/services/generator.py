"""What became of a booking of the demo.

Asked for, granted, refused, taken back, given up early, in the order the services allow.
"""

import dataclasses
import datetime as dt
import random

from bookings.choices import HOLDING, Status, Verb
from bookings.domain.rules import STEP
from bookings.values.references import new_reference
from common import clock
from demo.services import office
from demo.services.calendar import Diary
from demo.services.candidate_slots import Use
from demo.services.people import Cast, Person
from demo.values import samples

MINUTE, DAY = dt.timedelta(minutes=1), dt.timedelta(days=1)
LONGEST_LEAD_DAYS, RECENT_DAYS = 14, 8
# Shares: refused or left unanswered of what staff must confirm; taken back or given up early of what was granted.
REJECTED, EXPIRED, CANCELLED, CANCELLED_BY_STAFF, RELEASED = 0.07, 0.03, 0.08, 0.01, 0.08


@dataclasses.dataclass(frozen=True)
class Event:
    """One line of a booking's history; `actor` is a user's id, None for the portal itself."""

    verb: Verb
    at: dt.datetime
    actor: int | None
    before: str
    after: str
    reason: str = ""


@dataclasses.dataclass
class Story:
    """A booking with its history; `ends_at` moves when it is released early."""

    use: Use
    booker: Person
    reference: str
    headcount: int
    script: samples.Row
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
        return self.ends_at + self.use.policy.turnaround

    @property
    def cancel_by(self) -> dt.datetime:
        return self.use.start - dt.timedelta(hours=self.use.policy.cancel_hours)

    def move(self, verb: Verb, to: Status, at: dt.datetime, actor: int | None, reason: str = "") -> None:
        """Go on to the next status."""
        self.events.append(Event(verb, at, actor, self.status if self.events else "", to, reason))
        self.status = to


def begin(use: Use, booker: Person, created_at: dt.datetime, rng: random.Random, diary: Diary) -> Story:
    """The request: granted at once or to be decided, as the policy says."""
    policy = use.policy
    story = Story(
        use=use,
        booker=booker,
        reference=new_reference(rng.choice),
        headcount=max(1, round(use.room.capacity * rng.uniform(0.2, 0.9))),
        script=rng.choice(samples.rows("purposes")),
        created_at=created_at,
        ends_at=use.end,
    )
    if not policy.is_instant:
        asked = clock.local(created_at)
        due = diary.workday_after(use.room, asked.date(), policy.decide_workdays)
        story.decide_by = min(use.start, office.deadline(due, asked.time()))
    status = Status.APPROVED if policy.is_instant else Status.PENDING
    story.move(Verb.CREATE, status, created_at, booker.pk)
    return story


def tell(use: Use, booker: Person, cast: Cast, diary: Diary, rng: random.Random, now: dt.datetime) -> Story:
    """A whole story up to `now`, by lot."""
    story = begin(use, booker, _asked_at(use, rng, now), rng, diary)
    staff = cast.decider(use.lineage)
    if story.status == Status.PENDING:
        _decide(story, staff, rng, now)
    if story.status == Status.APPROVED:
        _change_mind(story, staff, rng, now)
    return story


def _asked_at(use: Use, rng: random.Random, now: dt.datetime) -> dt.datetime:
    """Some day before the use, in office hours; but before now, and not before one could."""
    starts_on, today = clock.local(use.start).date(), clock.local(now).date()
    lead = rng.randint(max(1, use.policy.notice_workdays), LONGEST_LEAD_DAYS)
    time = office.draw_time(rng)
    recently = today - rng.randint(1, RECENT_DAYS) * DAY
    day = max(min(starts_on - lead * DAY, recently), starts_on - use.policy.horizon_days * DAY)
    asked = clock.at(day, time)
    return asked if asked < now else office.last_before(now, rng)


def _decide(story: Story, staff: int, rng: random.Random, now: dt.datetime) -> None:
    """Staff answer within their deadline, mostly yes; what they haven't come to yet stays pending."""
    time_given = (story.decide_by or story.use.start) - story.created_at
    answered = office.moved_into(story.created_at + time_given * rng.uniform(0.05, 0.7), story.created_at, rng)
    fate = rng.random()
    if fate < EXPIRED and story.use.start <= now:
        story.move(Verb.EXPIRE, Status.EXPIRED, story.use.start + MINUTE, None)
    elif answered >= now:
        return
    elif fate < EXPIRED + REJECTED:
        story.move(Verb.REJECT, Status.REJECTED, answered, staff, rng.choice(samples.reasons()[Verb.REJECT]))
    else:
        story.move(Verb.APPROVE, Status.APPROVED, answered, staff)


def _change_mind(story: Story, staff: int, rng: random.Random, now: dt.datetime) -> None:
    """What was granted is used, but for what is taken back before or given up early."""
    granted = story.events[-1].at
    fate = rng.random()
    if fate < CANCELLED + CANCELLED_BY_STAFF:
        drawn = granted + (max(story.cancel_by, granted) - granted) * rng.uniform(0.2, 1)
        cancelled = office.moved_into(drawn, granted, rng)
        if granted <= cancelled < min(now, story.use.start):
            by_staff = fate >= CANCELLED
            reason = rng.choice(samples.reasons()[Verb.CANCEL]) if by_staff else ""
            story.move(Verb.CANCEL, Status.CANCELLED, cancelled, staff if by_staff else story.booker.pk, reason)
    elif fate < CANCELLED + CANCELLED_BY_STAFF + RELEASED and story.use.end <= now:
        steps = (story.use.end - story.use.start) // STEP
        if steps < 2:
            return
        story.planned_ends_at = story.use.end
        story.ends_at = story.use.start + rng.randint(1, steps - 1) * STEP
        story.move(Verb.RELEASE, Status.RELEASED, story.ends_at, story.booker.pk)
