"""Rules of booking: one ordered table of pure rules over a slot request and the facts about its space.

Everything that grants, refuses, offers or draws a slot reads this table: the services raise the first refusal, the
search and the API count its code, week table, day bar and alternatives show what `free_spans` leaves. Quota and the
state of a booking aren't rules of a slot; they stay in the services.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bookings import exceptions as refused
from bookings.exceptions import BookingError
from bookings.values.policy import GRID_MINUTES
from bookings.values.slot_request import SlotRequest
from bookings.values.space_facts import SpaceFacts
from common import clock
from common.intervals import EVER, Span, overlaps_any, subtract

STEP = dt.timedelta(minutes=GRID_MINUTES)
NO_TIME = dt.timedelta()
INSTANT = dt.timedelta(microseconds=1)

Facts = SpaceFacts


def no_params(facts: Facts) -> dict[str, Any]:
    """Parameters of a refusal whose message has no places to fill."""
    return {}


@dataclasses.dataclass(frozen=True)
class RequestRule:
    """Rule about the request as a whole: its grid, its length, its headcount."""

    error: type[BookingError]
    is_broken: Callable[[SlotRequest, Facts], bool]
    params: Callable[[Facts], dict[str, Any]] = no_params

    def refuses(self, request: SlotRequest, facts: Facts) -> bool:
        return self.is_broken(request, facts)


@dataclasses.dataclass(frozen=True)
class DayRule:
    """Rule about the day of use alone: whatever the hour, it is kept or broken."""

    error: type[BookingError]
    is_broken: Callable[[dt.date, Facts], bool]
    params: Callable[[Facts], dict[str, Any]] = no_params

    def refuses(self, request: SlotRequest, facts: Facts) -> bool:
        return self.is_broken(request.day, facts)


@dataclasses.dataclass(frozen=True)
class TimeRule:
    """Rule about spans that a use, with `tail` after it, must keep clear of."""

    error: type[BookingError]
    blocked: Callable[[Facts], Iterable[Span]]
    tail: Callable[[Facts], dt.timedelta] = lambda facts: NO_TIME
    params: Callable[[Facts], dict[str, Any]] = no_params

    def refuses(self, request: SlotRequest, facts: Facts) -> bool:
        return overlaps_any((request.starts_at, request.ends_at + self.tail(facts)), self.blocked(facts))

    def keeps_clear_of(self, facts: Facts) -> list[Span]:
        """The blocked spans widened to the front by the tail: what a use without its tail must not meet."""
        tail = self.tail(facts)
        return [(since - tail if tail else since, until) for since, until in self.blocked(facts)]


Rule = RequestRule | DayRule | TimeRule


def is_off_grid(request: SlotRequest, facts: Facts) -> bool:
    """Off the half hours of one Shanghai day, which is what every table and bar draws."""
    start, end = request.local_span
    off = any(t.minute % GRID_MINUTES or t.second or t.microsecond for t in (start, end))
    return off or end <= start or (end - INSTANT).date() != start.date()


def past(facts: Facts) -> list[Span]:
    """A use begins after now, not at it."""
    return [(EVER[0], facts.now + INSTANT)]


def shut(facts: Facts) -> Sequence[Span]:
    """Spans outside opening: a use fits into one stretch of it. The turnaround may pass closing time."""
    return facts.open_day.shut_spans


RULES: tuple[Rule, ...] = (
    RequestRule(refused.OffGrid, is_off_grid),
    TimeRule(refused.InThePast, past),
    TimeRule(refused.SlotTaken, lambda facts: facts.taken, tail=lambda facts: facts.policy.turnaround),
    DayRule(refused.SpaceNotBookable, lambda day, facts: not facts.is_public),
    RequestRule(
        refused.OverCapacity,
        lambda request, facts: not 1 <= request.headcount <= facts.capacity,
        lambda facts: {"capacity": facts.capacity},
    ),
    DayRule(
        refused.TooFarAhead,
        lambda day, facts: (day - facts.today).days > facts.policy.horizon_days,
        lambda facts: {"days": facts.policy.horizon_days},
    ),
    RequestRule(
        refused.TooLong,
        lambda request, facts: request.length > dt.timedelta(minutes=facts.policy.longest_minutes),
        lambda facts: {"minutes": facts.policy.longest_minutes},
    ),
    TimeRule(refused.UnderMaintenance, lambda facts: facts.repairs),
    DayRule(
        refused.TooSoon,
        lambda day, facts: bool(facts.policy.notice_workdays) and day < facts.calendar.earliest_day,
        lambda facts: {"workdays": facts.policy.notice_workdays},
    ),
    TimeRule(refused.CenterShut, shut),
)


def rules_of(*errors: type[BookingError]) -> tuple[Rule, ...]:
    """The rules that refuse with these errors, in the order of the table."""
    return tuple(rule for rule in RULES if rule.error in errors)


# Asked again when a request is approved: what may have changed since it was made, and would send a person to a room
# they can't use.
RULES_OF_USE = rules_of(refused.SpaceNotBookable, refused.OverCapacity, refused.UnderMaintenance, refused.CenterShut)
RULES_OF_OPENING = rules_of(refused.CenterShut)
RULES_OF_HORIZON = rules_of(refused.TooFarAhead)
# For what a center holds in its own rooms: notice and horizon, like the quota, share rooms among those who ask for one.
# Whoever works there can't confirm for themselves what a colleague would have to confirm.
RULES_FOR_CENTER = (
    *(rule for rule in RULES if rule.error not in (refused.TooFarAhead, refused.TooSoon)),
    DayRule(refused.NeedsConfirmation, lambda day, facts: not facts.policy.is_instant),
)
# Those that the request alone and the spans taken can answer: asked before anything else is read.
RULES_BEFORE_POLICY = rules_of(refused.OffGrid, refused.InThePast, refused.SlotTaken)


def rules_for(request: SlotRequest) -> tuple[Rule, ...]:
    """The rules that this request has to keep."""
    return RULES_FOR_CENTER if request.is_for_center else RULES


def first_refusal(request: SlotRequest, facts: Facts, rules: Sequence[Rule] = RULES) -> BookingError | None:
    """The refusal of the first rule that the request breaks, in the order of the table; None where it breaks none."""
    for rule in rules:
        if rule.refuses(request, facts):
            return rule.error(**rule.params(facts))
    return None


def day_refusal(day: dt.date, facts: Facts, rules: Sequence[Rule] = RULES) -> BookingError | None:
    """The first refusal that holds for the whole day, whatever the hour."""
    for rule in rules:
        if isinstance(rule, DayRule) and rule.is_broken(day, facts):
            return rule.error(**rule.params(facts))
    return None


def free_spans(day: dt.date, facts: Facts) -> list[Span]:
    """Stretches of a day, on the grid, in which a use can be booked that is no longer than the policy lets it be.

    `facts` are those of that day.
    """
    if day_refusal(day, facts):
        return []
    spans: Sequence[Span] = [(clock.midnight(day), clock.midnight(day + dt.timedelta(days=1)))]
    for rule in RULES:
        if isinstance(rule, TimeRule):
            spans = subtract(spans, rule.keeps_clear_of(facts))
    on_grid = ((on_grid_after(start), on_grid_before(end)) for start, end in spans)
    return [(start, end) for start, end in on_grid if start < end]


def on_grid_before(moment: dt.datetime) -> dt.datetime:
    """The last half hour not after a moment."""
    local = clock.local(moment)
    return local - dt.timedelta(
        minutes=local.minute % GRID_MINUTES, seconds=local.second, microseconds=local.microsecond
    )


def on_grid_after(moment: dt.datetime) -> dt.datetime:
    """The first half hour not before a moment."""
    before = on_grid_before(moment)
    return before if before == moment else before + STEP


def next_on_grid(now: dt.datetime) -> dt.datetime:
    """The first half hour after now: the earliest start that can still be booked."""
    return on_grid_before(now) + STEP
