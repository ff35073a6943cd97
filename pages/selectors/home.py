"""Context of the home page.

The search, what is near and open, what is free today, the network, figures with their source.
"""

import dataclasses
import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.choices import Reach
from activities.domain.nearby import centers_within
from activities.selectors.listing import coming_soon
from activities.selectors.rows import ActivityRow
from bookings.choices import HOLDING
from bookings.domain.facts import facts_by_day
from bookings.domain.rooms import Room
from bookings.domain.rules import free_spans, next_on_grid
from bookings.domain.snapshot import Snapshot
from bookings.models import Booking
from bookings.selectors.day_bar import axis_of, day_bar
from bookings.values.space_facts import SpaceFacts
from centers.access import Viewer
from centers.domain import hours, nearness
from centers.models import Center
from centers.selectors.near_choices import NearChoices
from centers.selectors.network import Network, network
from common import clock
from common.intervals import Span
from common.words.times import clock_span
from pages.selectors.call import call_card
from pages.selectors.mine import next_thing
from stats.selectors.baseline import baseline

DAYS_TO_CHOOSE = 7
NEAR_CENTERS, FREE_ROOMS, ROOMS_LOOKED_AT, ACTIVITIES_SHOWN = 4, 3, 24, 3
# A shorter gap than this isn't worth offering.
WORTHWHILE = dt.timedelta(hours=1)
SATURDAY, SUNDAY = 5, 6
# Which chip, on which weekday (None: today), from when to when, in hours.
CHIPS = ((None, 19, 21), (SATURDAY, 14, 16), (SUNDAY, 9, 11))


@dataclasses.dataclass(frozen=True)
class NearCenter:
    center: Center
    state: hours.OpenState
    free_words: str


@dataclasses.dataclass(frozen=True)
class FreeRoom:
    room: Room
    words: str
    day_bar: dict[str, Any]


@dataclasses.dataclass(frozen=True)
class _Today:
    """Nearest rooms with the facts about them today."""

    rooms: list[Room]
    day: dt.date
    facts: dict[int, SpaceFacts]

    def free(self, room: Room) -> list[Span]:
        """Stretches of today that can still be booked."""
        spans = free_spans(self.day, self.facts[room.id])
        return [span for span in spans if span[1] - span[0] >= WORTHWHILE]


def home_page(user: Viewer, query: QueryDict) -> dict[str, Any]:
    """Context of the home page.

    Fifteen queries at most for any number of centers, rooms, bookings and activities, besides those of the snapshot.
    """
    snapshot = Snapshot.take()
    places = NearChoices(query.get("near", "").strip(), snapshot)
    centers = list(Center.objects.public().select_related("level").in_register_order())
    states = snapshot.open_states([center.pk for center in centers])
    net = network(centers, states, list(states), focus=None, narrowed=False, searched=False)
    ranked = snapshot.ranked_from(places.chosen.id if places.chosen else None)
    today = _today(snapshot, ranked)
    first = clock.today()
    booked = _booked_this_month()
    return {
        "near_choices": places,
        "headcount": query.get("headcount", ""),
        "days": [first + dt.timedelta(days=n) for n in range(DAYS_TO_CHOOSE)],
        "chips": _chips(places),
        "network": net,
        "near": _near_centers(centers, states, ranked, today) if places.chosen else _head_centers(net, today),
        "free_rooms": _free_rooms(today),
        "next": next_thing(user),
        "activities": _activities(user, places),
        "booked": booked,
        "booked_words": f"{booked:,}",
        "baseline": baseline(),
    }


def elder_home_page(user: Viewer, query: QueryDict) -> dict[str, Any]:
    """Context of the home page in elder mode: whom to call, one's next thing, the next activities.

    Six queries at most, besides those of the snapshot.
    """
    places = NearChoices(query.get("near", "").strip())
    return {"call": call_card(places), "next": next_thing(user), "activities": _activities(user, places)}


def _activities(user: Viewer, places: NearChoices) -> list[ActivityRow]:
    """The next activities around the chosen center, or anywhere where none are there."""
    around = places.chosen and centers_within(places.snapshot.centers, places.chosen, Reach.AROUND)
    near = coming_soon(user, around, ACTIVITIES_SHOWN) if around else []
    return near or coming_soon(user, None, ACTIVITIES_SHOWN)


def _today(snapshot: Snapshot, ranked: dict[int, nearness.Near]) -> _Today:
    """Load the nearest rooms with today's facts."""
    policies = snapshot.policies_on(snapshot.today)
    rooms = [room for room in snapshot.rooms if room.id in policies and room.center_id in ranked]
    rooms.sort(key=lambda room: (ranked[room.center_id].rank, room.id))
    rooms = rooms[:ROOMS_LOOKED_AT]
    facts = facts_by_day(rooms, snapshot.today, snapshot.today, snapshot)
    return _Today(rooms, snapshot.today, {pk: of_space[snapshot.today] for pk, of_space in facts.items()})


def _near_centers(
    centers: list[Center], states: dict[int, hours.OpenState], ranked: dict[int, nearness.Near], today: _Today
) -> list[NearCenter]:
    nearest = sorted((center for center in centers if center.pk in ranked), key=lambda center: ranked[center.pk].rank)
    return [NearCenter(center, states[center.pk], _free_words(center, today)) for center in nearest[:NEAR_CENTERS]]


def _head_centers(net: Network, today: _Today) -> list[NearCenter]:
    """Centers shown where no place is chosen: the top of the network and the heads of its parts, open ones first."""
    nodes = [*([net.focus] if net.focus else []), *(fold.head for fold in net.folds), *net.singles]
    nodes.sort(key=lambda node: not node.state.is_open)
    return [NearCenter(node.center, node.state, _free_words(node.center, today)) for node in nodes[:NEAR_CENTERS]]


def _free_words(center: Center, today: _Today) -> str:
    """Number of a center's rooms that can still be booked today, in words.

    Empty where none can, or where its rooms weren't looked at.
    """
    free = sum(1 for room in today.rooms if room.center_id == center.pk and today.free(room))
    return ngettext("{n} room still free today", "{n} rooms still free today", free).format(n=free) if free else ""


def _free_rooms(today: _Today) -> list[FreeRoom]:
    """The nearest centers' first rooms that can still be booked, one a center."""
    of_center: dict[int, tuple[Room, list[Span]]] = {}
    for room in today.rooms:
        if room.center_id not in of_center and (free := today.free(room)):
            of_center[room.center_id] = (room, free)
    found = list(of_center.values())[:FREE_ROOMS]
    axis = axis_of(today.day, [today.facts[room.id].open_day for room, _free in found])
    return [
        FreeRoom(room, _free_times(free), day_bar(axis, today.facts[room.id], now=today.facts[room.id].now))
        for room, free in found
    ]


def _free_times(spans: list[Span]) -> str:
    return _("Free {times}").format(times=", ".join(clock_span(*span) for span in spans))


def _chips(places: NearChoices) -> list[dict[str, str]]:
    """Searches that many people make: tonight, Saturday afternoon, Sunday morning; each while there is time for it."""
    labels = {None: _("Tonight"), SATURDAY: _("Saturday afternoon"), SUNDAY: _("Sunday morning")}
    soonest = next_on_grid(clock.now())
    chips = []
    for weekday, start, end in CHIPS:
        day = clock.today()
        if weekday is not None:
            day += dt.timedelta(days=(weekday - day.weekday()) % 7)
        if clock.at(day, dt.time(start)) < soonest:
            if weekday is None:
                continue
            day += dt.timedelta(days=7)
        wanted = {"day": day.isoformat(), "start": f"{start:02d}:00", "end": f"{end:02d}:00"}
        if places.chosen:
            wanted["near"] = places.chosen.code
        chips.append({"label": labels[weekday], "url": f"{reverse('bookings:space_search')}?{urlencode(wanted)}"})
    return chips


def _booked_this_month() -> int:
    """Bookings made here since the month began, without those rejected, expired or cancelled."""
    first = clock.midnight(clock.today().replace(day=1))
    return Booking.objects.filter(created_at__gte=first, status__in=HOLDING).count()
