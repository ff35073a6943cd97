"""Up to three ways out where a room can't be had: another time, another day, another place.

What is offered was free when it was looked up.

The work is bounded: so many nearest rooms, a week of days. Used by the check page and the API for a lost slot, and
below every search.
"""

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from bookings.domain.facts import facts_by_day
from bookings.domain.rooms import Room
from bookings.domain.rules import first_refusal, free_spans, on_grid_after, on_grid_before
from bookings.domain.snapshot import Snapshot
from bookings.models import Booking, Space
from bookings.selectors.search.results import DAYS_AHEAD, SearchResult, rooms_near
from bookings.values.limits import FARTHEST_DAYS
from bookings.values.policy import Policy
from bookings.values.slot_request import SlotRequest
from bookings.values.slots import slot_query
from bookings.values.space_facts import SpaceFacts
from centers.access import Viewer
from centers.domain.nearness import Why
from common import clock
from common.intervals import Span, overlaps_any
from common.words.names import zh
from common.words.times import clock_span, day_words

WAYS = 3
ROOMS_LOOKED_AT = 12
DAY = dt.timedelta(days=1)
TIME, DATE, PLACE = "time", "day", "center"


@dataclasses.dataclass(frozen=True)
class Alternative:
    """Another slot.

    `kind` says what differs from the wanted one; the words are what `components/_alternatives.html` shows.
    """

    kind: str
    room: Room
    policy: Policy
    request: SlotRequest

    @property
    def starts_at(self) -> dt.datetime:
        return clock.local(self.request.starts_at)

    @property
    def ends_at(self) -> dt.datetime:
        return clock.local(self.request.ends_at)

    @property
    def headcount(self) -> int:
        return self.request.headcount

    @property
    def url(self) -> str:
        """The room's page with this slot chosen."""
        query = slot_query(self.starts_at, self.ends_at, self.headcount)
        return f"{reverse('bookings:space_detail', args=[self.room.id])}?{query}"

    @property
    def changed(self) -> str:
        if self.kind == TIME:
            return clock_span(self.starts_at, self.ends_at)
        return day_words(self.starts_at) if self.kind == DATE else self._room

    @property
    def title(self) -> str:
        return "" if self.kind == TIME else clock_span(self.starts_at, self.ends_at)

    @property
    def place(self) -> str:
        """Place in words, unless that is what changed."""
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
class _Options:
    """Rooms to choose from, the wanted one (or the nearest) first, with the facts of each day.

    `avoid`: other bookings of the person.
    """

    request: SlotRequest
    rooms: list[Room]
    facts: dict[int, dict[dt.date, SpaceFacts]]
    avoid: list[Span] = dataclasses.field(default_factory=list)

    def offer(self, kind: str, room: Room, request: SlotRequest) -> Alternative:
        return Alternative(kind, room, self.facts[room.id][request.day].policy, request)

    def is_free(self, room: Room, request: SlotRequest) -> bool:
        """Whether the room could be booked for this request just now, and the person has nothing else then."""
        facts = self.facts[room.id].get(request.day)
        if facts is None or overlaps_any(request.span, self.avoid):
            return False
        return first_refusal(request, facts) is None

    def times(self, room: Room) -> Iterator[SlotRequest]:
        """Requests on the wanted day as long as the wanted one.

        The nearest start of each free stretch, if it isn't that wanted.
        """
        length, day = self.request.length, self.request.day
        facts = self.facts[room.id].get(day)
        if facts is None:
            return
        for free_from, free_until in free_spans(day, facts):
            if free_until - free_from >= length:
                start = min(max(self.request.starts_at, free_from), free_until - length)
                moved = self.request.moved_to(start)
                if moved.starts_at != self.request.starts_at and self.is_free(room, moved):
                    yield moved

    def later_days(self) -> Iterator[Alternative]:
        """The same time on the days that follow, each day's rooms in order."""
        local = clock.local(self.request.starts_at)
        for ahead in range(1, DAYS_AHEAD + 1):
            moved = self.request.moved_to(clock.at(local.date() + ahead * DAY, local.time()))
            yield from (self.offer(DATE, room, moved) for room in self.rooms if self.is_free(room, moved))


def alternatives_for(
    request: SlotRequest, *, space: Space, user: Viewer | None = None, snapshot: Snapshot | None = None
) -> list[Alternative]:
    """Alternatives for somebody who wanted `space`: first the same room or center, then its neighbours.

    Leaves out times at which `user` has another booking. Two queries besides those of the snapshot.
    """
    if not dt.timedelta() < request.length <= DAY:
        return []
    request = _sensible(request)
    snapshot = snapshot or Snapshot.take()
    rooms = [room for room in rooms_near(space.center_id, request.day, snapshot) if room.capacity >= request.headcount]
    rooms.sort(key=lambda room: room.id != space.pk)
    rooms = rooms[:ROOMS_LOOKED_AT]
    last = request.day + DAYS_AHEAD * DAY
    facts = facts_by_day(rooms, request.day, last, snapshot)
    avoid = _own_times(user, clock.midnight(request.day), clock.midnight(last + DAY))
    options = _Options(request, rooms, facts, avoid)
    wanted = request.starts_at
    times = (
        options.offer(TIME, room, moved)
        for room in rooms
        for moved in sorted(options.times(room), key=lambda moved: abs(moved.starts_at - wanted))
    )
    elsewhere = (
        options.offer(PLACE, room, request) for room in rooms if room.id != space.pk and options.is_free(room, request)
    )
    return _best(times, options.later_days(), elsewhere)


def alternatives_to(result: SearchResult) -> list[Alternative]:
    """Alternatives to the slot of a search.

    The nearest times of the day, the same time in the week that follows, another branch.

    One query: the wanted day and those that follow, of the nearest rooms.
    """
    criteria, request = result.criteria, result.criteria.request
    rooms = [one.room for one in result.fit[:ROOMS_LOOKED_AT]]
    last = request.day + DAYS_AHEAD * DAY
    facts = facts_by_day(rooms, request.day, last, result.snapshot)
    options = _Options(request, rooms, facts)
    shifts = sorted(
        (abs(moved.starts_at - request.starts_at), moved.starts_at, place)
        for place, room in enumerate(rooms)
        for moved in options.times(room)
    )
    times = (options.offer(TIME, rooms[place], request.moved_to(at)) for _shift, at, place in shifts)
    farther = (
        Alternative(PLACE, one.room, one.policy, request)
        for one in result.free
        if one.near.why == Why.OTHER and criteria.near
    )
    return _best(times, options.later_days(), itertools.islice(farther, 1))


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


def _sensible(request: SlotRequest) -> SlotRequest:
    """The wanted slot on the grid and on a day that can be looked at: addresses can say anything."""
    length = on_grid_after(request.ends_at) - on_grid_before(request.starts_at)
    local = clock.local(on_grid_before(request.starts_at))
    today = clock.today()
    day = min(max(local.date(), today), today + FARTHEST_DAYS * DAY)
    start = clock.at(day, local.time())
    return dataclasses.replace(request, starts_at=start, ends_at=start + length)


def _own_times(user: Viewer | None, start: dt.datetime, end: dt.datetime) -> list[Span]:
    """Spans of the bookings a person has already. One query; none for visitors."""
    if user is None or not user.is_authenticated:
        return []
    return list(Booking.objects.own(user).live().overlapping(start, end).values_list("starts_at", "ends_at"))
