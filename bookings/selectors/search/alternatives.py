"""Up to three ways out where a room can't be had: another time, another day, another place. What is offered was free when it was looked up.

The work is bounded: so many nearest rooms, a week of days. Used by the check page and the API for a lost slot, and below every search.
"""

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _

from bookings.domain.availability import SpaceDay, Span, on_grid_after, on_grid_before, space_days
from bookings.domain.rooms import Room
from bookings.domain.snapshot import Snapshot
from bookings.models import Booking, Space
from bookings.selectors.search.results import DAYS_AHEAD, Candidate, SearchResult, candidates_near, outside_policy
from bookings.values.policy import Policy
from bookings.values.slots import slot_query
from centers.domain.lead_time import LeadTimes
from centers.domain.nearness import Why
from common import clock
from common.words.names import zh
from common.words.times import clock_span, day_words

WAYS = 3
ROOMS_LOOKED_AT = 12
# No policy opens a room for longer than this (models.BookingPolicy.horizon_days).
FARTHEST_DAYS = 366
DAY = dt.timedelta(days=1)
TIME, DATE, PLACE = "time", "day", "center"


@dataclasses.dataclass(frozen=True)
class Alternative:
    """Another slot. `kind` says what differs from the wanted one; the words are what `components/_alternatives.html` shows."""

    kind: str
    room: Room
    policy: Policy
    start: dt.datetime
    end: dt.datetime
    headcount: int

    @property
    def url(self) -> str:
        """The room's page with this slot chosen."""
        return f"{reverse('bookings:space_detail', args=[self.room.id])}?{slot_query(self.start, self.end, self.headcount)}"

    @property
    def changed(self) -> str:
        if self.kind == TIME:
            return clock_span(self.start, self.end)
        return day_words(self.start) if self.kind == DATE else self._room

    @property
    def title(self) -> str:
        return "" if self.kind == TIME else clock_span(self.start, self.end)

    @property
    def place(self) -> str:
        """Where, unless that is what changed."""
        return "" if self.kind == PLACE else self._room

    @property
    def _room(self) -> str:
        return format_html(
            _("{center}, {room}"), center=zh(self.room.shown_center_short_name), room=zh(self.room.shown_name)
        )

    @property
    def facts(self) -> str:
        capacity = _("Up to {n} people").format(n=self.room.capacity)
        confirm = _("Confirmed at once") if self.policy.is_instant else _("Needs approval")
        return f"{capacity} · {confirm}"


@dataclasses.dataclass
class _Board:
    """Rooms to choose from, the wanted one (or the nearest) first, each with its days. `avoid`: other bookings of the person."""

    rooms: list[Candidate]
    days: dict[int, dict[dt.date, SpaceDay]]
    start: dt.datetime
    end: dt.datetime
    headcount: int
    notice: LeadTimes
    avoid: list[Span] = dataclasses.field(default_factory=list)

    @cached_property
    def now(self) -> dt.datetime:
        return clock.now()

    @property
    def day(self) -> dt.date:
        return clock.local(self.start).date()

    def allowed(self, candidate: Candidate, start: dt.datetime, end: dt.datetime) -> bool:
        clashes = any(a < end and b > start for a, b in self.avoid)
        return (
            not clashes
            and outside_policy(candidate.room, candidate.policy, clock.local(start).date(), end - start, self.notice)
            is None
        )

    def offer(self, kind: str, candidate: Candidate, start: dt.datetime) -> Alternative:
        return Alternative(
            kind, candidate.room, candidate.policy, start, start + (self.end - self.start), self.headcount
        )

    def times(self, candidate: Candidate) -> Iterator[dt.datetime]:
        """Starts on the wanted day at which a use as long as the wanted one fits: the nearest of each free stretch."""
        length = self.end - self.start
        space_day = self.days[candidate.room.id].get(self.day)
        if space_day is None:
            return
        for free_from, free_until in space_day.free_spans(candidate.policy.turnaround, self.now):
            if free_until - free_from >= length:
                start = min(max(self.start, free_from), free_until - length)
                if start != self.start and self.allowed(candidate, start, start + length):
                    yield start

    def is_free(self, candidate: Candidate, start: dt.datetime) -> bool:
        end = start + (self.end - self.start)
        space_day = self.days[candidate.room.id].get(clock.local(start).date())
        return (
            space_day is not None
            and space_day.is_free(start, end, candidate.policy.turnaround)
            and self.allowed(candidate, start, end)
        )

    def later_days(self) -> Iterator[Alternative]:
        """The same time on the days that follow, each day's rooms in order."""
        local = clock.local(self.start)
        for ahead in range(1, DAYS_AHEAD + 1):
            start = clock.at(local.date() + ahead * DAY, local.time())
            yield from (self.offer(DATE, one, start) for one in self.rooms if self.is_free(one, start))


def alternatives_for(
    *, space: Space, start: dt.datetime, end: dt.datetime, headcount: int, user: Any = None
) -> list[Alternative]:
    """What else there is for somebody who wanted `space` for [start, end): first the same room or center, then its neighbours.

    Leaves out times at which `user` has another booking. Two queries besides those of the snapshot.
    """
    if not dt.timedelta() < end - start <= DAY:
        return []
    start, end = _sensible(start, end)
    snapshot = Snapshot.take()
    day = clock.local(start).date()
    last = day + DAYS_AHEAD * DAY
    candidates = [one for one in candidates_near(space.center_id, day, snapshot) if one.room.capacity >= headcount]
    candidates.sort(key=lambda one: one.room.id != space.pk)
    candidates = candidates[:ROOMS_LOOKED_AT]
    days = space_days({one.room.id: one.room.center_id for one in candidates}, day, last, snapshot.opening(day, last))
    notice = LeadTimes(
        {(one.room.center_id, one.policy.notice_workdays) for one in candidates}, day, last, snapshot.day_kinds
    )
    board = _Board(
        candidates,
        days,
        start,
        end,
        headcount,
        notice,
        _own_times(user, clock.midnight(day), clock.midnight(last + DAY)),
    )
    same_place = (
        board.offer(TIME, one, at)
        for one in candidates
        for at in sorted(board.times(one), key=lambda at: abs(at - start))
    )
    elsewhere = (
        board.offer(PLACE, one, start) for one in candidates if one.room.id != space.pk and board.is_free(one, start)
    )
    return _best(same_place, board.later_days(), elsewhere)


def alternatives_to(findings: SearchResult) -> list[Alternative]:
    """What else there is for a search: the nearest times of the day, the same time in the week that follows, another branch.

    One query: the wanted day and those that follow, of the nearest rooms.
    """
    wanted = findings.conditions
    candidates = findings.fit[:ROOMS_LOOKED_AT]
    rooms = {one.room.id: one.room.center_id for one in candidates}
    days = space_days(rooms, wanted.day, wanted.day + DAYS_AHEAD * DAY, findings.opening)
    board = _Board(candidates, days, wanted.start, wanted.end, wanted.people, findings.notice)
    shifts = sorted(
        (abs(at - wanted.start), at, place) for place, one in enumerate(candidates) for at in board.times(one)
    )
    times = (board.offer(TIME, candidates[place], at) for _shift, at, place in shifts)
    farther = (
        board.offer(PLACE, one, wanted.start) for one in findings.free if one.near.why == Why.OTHER and wanted.near
    )
    return _best(times, board.later_days(), itertools.islice(farther, 1))


def _best(
    times: Iterable[Alternative], days: Iterable[Alternative], places: Iterable[Alternative]
) -> list[Alternative]:
    """The first of each kind; what a kind lacks is made up from the others in turn. In the order time, day, place."""
    kinds = [iter(times), iter(days), iter(places)]
    found: list[Alternative] = []
    while kinds and len(found) < WAYS:
        for kind in list(kinds):
            way = next(kind, None)
            if way is None:
                kinds.remove(kind)
            elif len(found) < WAYS:
                found.append(way)
    return sorted(found, key=lambda way: (TIME, DATE, PLACE).index(way.kind))


def _sensible(start: dt.datetime, end: dt.datetime) -> Span:
    """The wanted slot on the grid and on a day that can be looked at: addresses can say anything."""
    length = on_grid_after(end) - on_grid_before(start)
    local = clock.local(on_grid_before(start))
    today = clock.today()
    day = min(max(local.date(), today), today + FARTHEST_DAYS * DAY)
    start = clock.at(day, local.time())
    return start, start + length


def _own_times(user: Any, start: dt.datetime, end: dt.datetime) -> list[Span]:
    """When a person has a booking already. One query; none for visitors."""
    if user is None or not user.is_authenticated:
        return []
    return list(Booking.objects.own(user).live().overlapping(start, end).values_list("starts_at", "ends_at"))
