"""Free rooms of the whole network at one time, nearest first, and why others are left out. The page of it: `selectors.search_page`."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Collection
from functools import cached_property
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings.choices import HOLDING
from bookings.domain.availability import OpenDays, busy_spans
from bookings.domain.rooms import Room
from bookings.domain.snapshot import Snapshot
from bookings.models import Booking
from bookings.values.policy import Policy
from centers.domain.lead_time import LeadTimes
from centers.domain.nearness import Near
from centers.values.opening import OpenDay
from common import clock

# Alternatives look so many days beyond the wanted one.
DAYS_AHEAD = 7


class Reason(models.TextChoices):
    """Why a room isn't offered; the first that holds, in the order of the rules of booking."""

    TOO_SMALL = "too_small", _("Too few places")
    TOO_FAR_AHEAD = "too_far_ahead", _("Not open for booking yet")
    TOO_LONG = "too_long", _("Use too long")
    TOO_SOON = "too_soon", _("Notice too short")
    SHUT = "shut", _("Center closed")
    MAINTENANCE = "maintenance", _("Under maintenance")
    TAKEN = "taken", _("Taken")


@dataclasses.dataclass(frozen=True)
class Filters:
    """What people narrow the list down to; empty means any. A room has all the named equipment, and one of the named rest."""

    confirm: frozenset[str] = frozenset()
    equipment: frozenset[str] = frozenset()
    area: frozenset[str] = frozenset()

    def let_through(self, room: Room, policy: Policy) -> bool:
        return (
            (not self.confirm or policy.confirm_mode in self.confirm)
            and (not self.area or room.area in self.area)
            and self.equipment.issubset(room.equipment)
        )


@dataclasses.dataclass(frozen=True)
class SearchCriteria:
    """What somebody looks for: [start, end) of one day, places for so many people, near a center (its id; None: anywhere)."""

    start: dt.datetime
    end: dt.datetime
    people: int
    near: int | None = None
    filters: Filters = Filters()

    @cached_property
    def day(self) -> dt.date:
        return clock.local(self.start).date()


class Candidate(NamedTuple):
    """A room with the rules it has, the opening of the wanted day, and how near it is."""

    room: Room
    policy: Policy
    lineage: list[int]
    open_day: OpenDay
    near: Near


@dataclasses.dataclass
class SearchResult:
    """`fit`: rooms large enough that pass the filters, nearest first, free or not; `unfiltered`: free ones, whatever the filters."""

    conditions: SearchCriteria
    snapshot: Snapshot
    notice: LeadTimes
    fit: list[Candidate] = dataclasses.field(default_factory=list)
    unfiltered: list[Candidate] = dataclasses.field(default_factory=list)
    excluded: Counter[Reason] = dataclasses.field(default_factory=Counter)

    @cached_property
    def free(self) -> list[Candidate]:
        """The rooms that can be booked as wanted, nearest first."""
        filters = self.conditions.filters
        return [one for one in self.unfiltered if filters.let_through(one.room, one.policy)]

    @property
    def opening(self) -> OpenDays:
        """The opening of every center with rooms, from the wanted day to the last that alternatives look at."""
        return _opening(self.snapshot, self.conditions.day)

    @property
    def year_unpublished(self) -> int | None:
        """The year, if its public holidays aren't published for any center here: then opening goes by the weekday."""
        day = self.conditions.day
        return day.year if any(days[day].year_unpublished for days in self.opening.values()) else None


def find(conditions: SearchCriteria, snapshot: Snapshot | None = None) -> SearchResult:
    """All public rooms sorted into free ones, nearest first, and those left out with the reason.

    One query for what is taken, one for the snapshot, and up to 13 to make up the snapshot after a change of the network.
    """
    snapshot = snapshot or Snapshot.take()
    day, last = conditions.day, conditions.day + dt.timedelta(days=DAYS_AHEAD)
    candidates = candidates_near(conditions.near, day, snapshot)
    notice = LeadTimes(
        {(one.room.center_id, one.policy.notice_workdays) for one in candidates}, day, last, snapshot.day_kinds
    )
    findings = SearchResult(conditions, snapshot, notice)
    undecided = []
    for one in candidates:
        reason = rule_against(one, conditions, notice)
        if reason:
            findings.excluded[reason] += 1
        else:
            undecided.append(one)
        if reason != Reason.TOO_SMALL and conditions.filters.let_through(one.room, one.policy):
            findings.fit.append(one)
    _leave_out_taken(findings, undecided)
    return findings


def candidates_near(center_id: int | None, day: dt.date, snapshot: Snapshot) -> list[Candidate]:
    """Every public room, nearest to the center first (None: in the register's order), in a center the smaller ones first."""
    rules, ranked, opening = (
        snapshot.policies_on(snapshot.today),
        snapshot.ranked_from(center_id),
        _opening(snapshot, day),
    )
    # What was added between the queries behind the snapshot waits for the next search.
    known = (
        room for room in snapshot.rooms if room.id in rules and room.center_id in ranked and room.center_id in opening
    )
    rooms = sorted(known, key=lambda room: (ranked[room.center_id].rank, room.capacity, room.id))
    return [Candidate(room, *rules[room.id], opening[room.center_id][day], ranked[room.center_id]) for room in rooms]


def _opening(snapshot: Snapshot, day: dt.date) -> OpenDays:
    return snapshot.opening(day, day + dt.timedelta(days=DAYS_AHEAD))


def _leave_out_taken(findings: SearchResult, undecided: list[Candidate]) -> None:
    """Sort what the rules allow by what is taken or under repair at the wanted time. One query."""
    # In UTC, as the database answers: comparing moments of one time zone is several times quicker than of two.
    start, end = findings.conditions.start.astimezone(dt.UTC), findings.conditions.end.astimezone(dt.UTC)
    turnaround = max((one.policy.turnaround for one in undecided), default=dt.timedelta())
    busy = busy_spans([one.room.id for one in undecided], start, end + turnaround)
    for one in undecided:
        spans = busy.get(one.room.id)
        if spans is None:
            findings.unfiltered.append(one)
        elif any(until > start and since < end for since, until in spans["maintenance"]):
            findings.excluded[Reason.MAINTENANCE] += 1
        elif any(until > start and since < end + one.policy.turnaround for since, until in spans["taken"]):
            findings.excluded[Reason.TAKEN] += 1
        else:
            findings.unfiltered.append(one)


def rule_against(candidate: Candidate, wanted: SearchCriteria, notice: LeadTimes) -> Reason | None:
    """The first rule that forbids the use, whatever else is in the room, or None: as `bookings.domain.rules`, without a query each."""
    if wanted.people > candidate.room.capacity:
        return Reason.TOO_SMALL
    if reason := outside_policy(candidate.room, candidate.policy, wanted.day, wanted.end - wanted.start, notice):
        return reason
    return None if candidate.open_day.covers(wanted.start, wanted.end) else Reason.SHUT


def outside_policy(room: Room, policy: Policy, day: dt.date, length: dt.timedelta, notice: LeadTimes) -> Reason | None:
    """Whether the room's policy forbids a use of this length on `day`."""
    if (day - notice.today).days > policy.horizon_days:
        return Reason.TOO_FAR_AHEAD
    if length > dt.timedelta(minutes=policy.longest_minutes):
        return Reason.TOO_LONG
    if day < notice.earliest(room.center_id, policy.notice_workdays):
        return Reason.TOO_SOON
    return None


def known_rooms(user: Any, room_ids: Collection[int]) -> set[int]:
    """Those of the rooms that a person has used before. One query; none for visitors."""
    if not user.is_authenticated or not room_ids:
        return set()
    used = Booking.objects.own(user).filter(space__in=room_ids, status__in=HOLDING, starts_at__lt=clock.now())
    return set(used.values_list("space_id", flat=True))
