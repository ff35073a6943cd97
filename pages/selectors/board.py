"""Board of a command room: a center and all below it now, the figures of the running month, and what is on today."""

import dataclasses
import datetime as dt
from typing import Any

from activities.choices import ActivityState
from activities.models import Activity
from activities.querysets import ActivityQuerySet
from activities.selectors.figures import activity_figures
from bookings.selectors.figures import booking_figures
from centers.domain.snapshot import NetworkSnapshot
from centers.models import Center
from centers.selectors.parts import PartOfNetwork, edges_by_part, parts_of
from common import clock
from common.months import Month
from stats.choices import PeriodKind
from stats.selectors.counted import counted_at
from stats.selectors.overview import Card, cards_of
from stats.values.periods import Period

# As many as stand on the screen at a size that is read from five meters.
ACTIVITIES_SHOWN, CARDS_SHOWN = 4, 5


@dataclasses.dataclass(frozen=True)
class Square:
    """Center on the board. `tone`: on (something takes place), open or shut."""

    center: Center
    tone: str


@dataclasses.dataclass(frozen=True)
class PartOnBoard:
    """Part of the network with a square a center, and at how many something takes place."""

    part: PartOfNetwork
    squares: list[Square]

    @property
    def on(self) -> int:
        return sum(square.tone == "on" for square in self.squares)

    @property
    def open(self) -> int:
        return sum(square.tone != "shut" for square in self.squares)


def board_page(center: Center) -> dict[str, Any]:
    """Context of the board. Seventeen queries besides the snapshot's, however many centers."""
    now = clock.now()
    edges, parts = edges_by_part(center, clock.today()), parts_of(center)
    members = {member for part in parts for member in part.members}
    today = Activity.objects.taking_place_on(clock.local(now).date()).filter(center__in=members)
    on_board = _parts(parts, _going_on(today, now))
    of_bookings, of_activities = booking_figures(edges, now), activity_figures(edges, now)
    month = Period(PeriodKind.MONTH, Month.of(clock.today()))
    return {
        "center": center,
        "now": now,
        "parts": [part for part in on_board if not part.part.alone or len(on_board) == 1],
        "count": len(members),
        "open_count": sum(part.open for part in on_board),
        "on_count": sum(part.on for part in on_board),
        "cards": _cards(center, month),
        "month": month,
        "as_of": counted_at(month),
        "activities": _next_today(today, now),
        "overdue": sum(figures.overdue for figures in of_bookings.values()),
        "unrecorded": sum(figures.unrecorded for figures in of_activities.values()),
    }


def _going_on(today: ActivityQuerySet, now: dt.datetime) -> set[int]:
    """Centers at which an activity takes place now. One query."""
    return set(today.filter(starts_at__lte=now, ends_at__gt=now).values_list("center", flat=True))


def _parts(parts: list[PartOfNetwork], going_on: set[int]) -> list[PartOnBoard]:
    """Parts with the squares of their centers in the register's order. One query."""
    states = NetworkSnapshot.take().open_states()
    members = {member for part in parts for member in part.members}
    centers = list(Center.objects.filter(pk__in=members).in_register_order())

    def tone(center: Center) -> str:
        if center.pk in going_on:
            return "on"
        return "open" if center.pk in states and states[center.pk].is_open else "shut"

    return [
        PartOnBoard(part, [Square(center, tone(center)) for center in centers if center.pk in part.members])
        for part in parts
    ]


def _cards(center: Center, month: Period) -> list[Card]:
    return cards_of(center, month)[:CARDS_SHOWN]


def _next_today(today: ActivityQuerySet, now: dt.datetime) -> list[Activity]:
    """Activities that go on or come today: public, and not over. One query."""
    coming = today.public().filter(state=ActivityState.PUBLISHED, ends_at__gt=now)
    return list(coming.select_related("center").order_by("starts_at", "pk")[:ACTIVITIES_SHOWN])
