"""Search: free rooms of the whole network at one time, nearest first, and why others aren't offered."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Collection
from functools import cached_property
from typing import NamedTuple

from bookings.choices import HOLDING
from bookings.domain.facts import NOTHING, known_facts
from bookings.domain.occupancy import busy_spans
from bookings.domain.rooms import Room
from bookings.domain.rules import day_refusal, first_refusal
from bookings.domain.snapshot import Snapshot
from bookings.models import Booking
from bookings.values.limits import LONGEST_TURNAROUND
from bookings.values.policy import Policy
from bookings.values.slot_request import SlotRequest
from bookings.values.space_facts import SpaceFacts
from centers.access import Viewer
from centers.domain.nearness import Near
from common import clock

# Alternatives look so many days beyond the wanted one.
DAYS_AHEAD = 7


@dataclasses.dataclass(frozen=True)
class Filters:
    """Filters of the list of results; empty means any.

    A room has all the named equipment, and one of the named rest.
    """

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
    """Search criteria: a slot of any space, near a center (its id; None: anywhere), with filters."""

    request: SlotRequest
    near: int | None = None
    filters: Filters = Filters()

    @property
    def day(self) -> dt.date:
        return self.request.day


class Candidate(NamedTuple):
    """A room with the facts of the wanted day, and how near it is."""

    room: Room
    facts: SpaceFacts
    lineage: list[int]
    near: Near

    @property
    def policy(self) -> Policy:
        return self.facts.policy


@dataclasses.dataclass
class SearchResult:
    """Rooms found.

    `fit`: large enough and through the filters, nearest first, free or not; `unfiltered`: free ones, whatever the
    filters. `excluded` counts the other rooms by the code of the rule that refuses; `to_change` by what somebody would
    have to change first: where the whole day is refused, another time of it is no help.
    """

    criteria: SearchCriteria
    snapshot: Snapshot
    fit: list[Candidate] = dataclasses.field(default_factory=list)
    unfiltered: list[Candidate] = dataclasses.field(default_factory=list)
    excluded: Counter[str] = dataclasses.field(default_factory=Counter)
    to_change: Counter[str] = dataclasses.field(default_factory=Counter)

    @cached_property
    def free(self) -> list[Candidate]:
        """The rooms that can be booked as wanted, nearest first."""
        filters = self.criteria.filters
        return [one for one in self.unfiltered if filters.let_through(one.room, one.policy)]

    @property
    def year_unpublished(self) -> int | None:
        """The year, if its public holidays aren't published for any center here: then opening goes by the weekday."""
        day = self.criteria.day
        opening = self.snapshot.opening(day, day + dt.timedelta(days=DAYS_AHEAD))
        return day.year if any(days[day].year_unpublished for days in opening.values()) else None


def find(criteria: SearchCriteria, snapshot: Snapshot | None = None) -> SearchResult:
    """All public rooms sorted into free ones, nearest first, and those excluded with the code of the refusal.

    One query for what is taken, besides those of the snapshot.
    """
    snapshot = snapshot or Snapshot.take()
    result = SearchResult(criteria, snapshot)
    for one in candidates_near(criteria.near, criteria.request, snapshot):
        refusal = first_refusal(criteria.request, one.facts)
        if refusal is None:
            result.unfiltered.append(one)
        else:
            result.excluded[refusal.code] += 1
            result.to_change[(day_refusal(criteria.day, one.facts) or refusal).code] += 1
        if criteria.request.headcount <= one.facts.capacity and criteria.filters.let_through(one.room, one.policy):
            result.fit.append(one)
    return result


def rooms_near(center_id: int | None, day: dt.date, snapshot: Snapshot) -> list[Room]:
    """Every public room, nearest to the center first, in a center the smaller ones first.

    Without a center (None) they come in the register's order. No query besides those of the snapshot.
    """
    policies, ranked = snapshot.policies_on(day), snapshot.ranked_from(center_id)
    opening = snapshot.opening(day, day + dt.timedelta(days=DAYS_AHEAD))
    # What was added between the queries behind the snapshot waits for the next search.
    known = (
        room
        for room in snapshot.rooms
        if room.id in policies and room.center_id in ranked and room.center_id in opening
    )
    return sorted(known, key=lambda room: (ranked[room.center_id].rank, room.capacity, room.id))


def candidates_near(center_id: int | None, request: SlotRequest, snapshot: Snapshot) -> list[Candidate]:
    """The rooms of `rooms_near` with the facts of the wanted day.

    One query besides those of the snapshot: what is taken that day, so that day bars need no other.
    """
    day = request.day
    rooms = rooms_near(center_id, day, snapshot)
    policies, ranked = snapshot.policies_on(day), snapshot.ranked_from(center_id)
    opening = snapshot.opening(day, day + dt.timedelta(days=DAYS_AHEAD))
    begin, end = clock.midnight(day), clock.midnight(day + dt.timedelta(days=1))
    busy = busy_spans([room.id for room in rooms], begin, end + LONGEST_TURNAROUND)
    now = clock.now()
    found = []
    for room in rooms:
        policy, lineage = policies[room.id]
        facts = known_facts(room, policy, opening[room.center_id][day], busy.get(room.id, NOTHING), snapshot, now)
        found.append(Candidate(room, facts, lineage, ranked[room.center_id]))
    return found


def known_rooms(user: Viewer, room_ids: Collection[int]) -> set[int]:
    """Ids of the rooms that a person has used before. One query; none for visitors."""
    if not user.is_authenticated or not room_ids:
        return set()
    used = Booking.objects.own(user).filter(space__in=room_ids, status__in=HOLDING, starts_at__lt=clock.now())
    return set(used.values_list("space_id", flat=True))
