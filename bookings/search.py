"""Free rooms of the whole network at one time, nearest first, and why the others are left out.

At most fifteen queries for any number of centers, rooms and bookings: places 1, nearness 3, rooms 1, policies 1, opening 5, what is taken 1,
notice 2 (where policies ask for it), and one for the rooms a person knows. What a page shows of it: `bookings.selectors.search_page`.
"""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Collection
from functools import cached_property
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from bookings import policies
from bookings.availability import SpaceDay, space_days
from bookings.choices import HOLDING
from bookings.models import Booking
from bookings.notice import Notice
from bookings.policies import Policy
from bookings.rooms import Room, public_rooms
from centers import hours, nearness
from centers.nearness import Near
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
class Conditions:
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
    """A room with the rules and the day it has, and how near it is."""

    room: Room
    policy: Policy
    lineage: list[int]
    day: SpaceDay
    near: Near


@dataclasses.dataclass
class Findings:
    """`fit`: rooms large enough that pass the filters, nearest first, free or not; `free`: those that can be booked;
    `unfiltered`: the free ones before the filters; `opening`: of every center, from the wanted day on.
    """

    conditions: Conditions
    notice: Notice
    opening: dict[int, dict[dt.date, hours.OpenDay]]
    fit: list[Candidate] = dataclasses.field(default_factory=list)
    unfiltered: list[Candidate] = dataclasses.field(default_factory=list)
    left_out: Counter[Reason] = dataclasses.field(default_factory=Counter)

    @cached_property
    def free(self) -> list[Candidate]:
        return [one for one in self.unfiltered if self.conditions.filters.let_through(one.room, one.policy)]

    @property
    def year_unpublished(self) -> int | None:
        """The year, if its public holidays aren't published for any center here: then opening goes by the weekday."""
        day = self.conditions.day
        return day.year if any(days[day].year_unpublished for days in self.opening.values()) else None


def find(conditions: Conditions) -> Findings:
    """All public rooms sorted into free ones, nearest first, and those left out with the reason. At most 13 queries."""
    day, last = conditions.day, conditions.day + dt.timedelta(days=DAYS_AHEAD)
    rooms = public_rooms()
    # Of the present, as in the service that will book: a center that moves before the day takes its new rules with it then.
    rules, ranked = policies.resolve(), nearness.ranked_from(conditions.near)
    # What was added between two of these queries waits for the next search.
    rooms = [room for room in rooms if room.id in rules and room.center_id in ranked]
    rooms.sort(key=lambda room: (ranked[room.center_id].rank, room.capacity, room.id))
    opening = hours.open_days({room.center_id for room in rooms}, day, last)
    days = space_days({room.id: room.center_id for room in rooms}, day, day, opening)
    notice = Notice({(room.center_id, rules[room.id][0].notice_workdays) for room in rooms}, day, last)
    findings = Findings(conditions, notice, opening)
    for room in rooms:
        policy, lineage = rules[room.id]
        _sort_in(findings, Candidate(room, policy, lineage, days[room.id][day], ranked[room.center_id]))
    return findings


def _sort_in(findings: Findings, candidate: Candidate) -> None:
    wanted = findings.conditions
    reason = reason_against(candidate, wanted, findings.notice)
    if reason is None:
        findings.unfiltered.append(candidate)
    else:
        findings.left_out[reason] += 1
    if reason != Reason.TOO_SMALL and wanted.filters.let_through(candidate.room, candidate.policy):
        findings.fit.append(candidate)


def reason_against(candidate: Candidate, wanted: Conditions, notice: Notice) -> Reason | None:
    """The first rule by which this room can't be booked as wanted, or None. The same questions as `bookings.rules`, without a query each."""
    room, policy, space_day = candidate.room, candidate.policy, candidate.day
    if wanted.people > room.capacity:
        return Reason.TOO_SMALL
    if reason := outside_policy(room, policy, wanted.day, wanted.end - wanted.start, notice):
        return reason
    if not space_day.is_open(wanted.start, wanted.end):
        return Reason.SHUT
    if space_day.is_under_repair(wanted.start, wanted.end):
        return Reason.MAINTENANCE
    return Reason.TAKEN if space_day.is_taken(wanted.start, wanted.end + policy.turnaround) else None


def outside_policy(room: Room, policy: Policy, day: dt.date, length: dt.timedelta, notice: Notice) -> Reason | None:
    """Whether the room's policy forbids a use of this length on `day`, whatever else is in it."""
    if (day - notice.today).days > policy.horizon_days:
        return Reason.TOO_FAR_AHEAD
    if length > dt.timedelta(minutes=policy.longest_minutes):
        return Reason.TOO_LONG
    if not notice.is_given(room.center_id, policy.notice_workdays, day):
        return Reason.TOO_SOON
    return None


def known_rooms(user: Any, room_ids: Collection[int]) -> set[int]:
    """Those of the rooms that a person has used before. One query; none for visitors."""
    if not user.is_authenticated or not room_ids:
        return set()
    used = Booking.objects.own(user).filter(space__in=room_ids, status__in=HOLDING, starts_at__lt=clock.now())
    return set(used.values_list("space_id", flat=True))
