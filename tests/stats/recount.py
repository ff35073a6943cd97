"""Every metric counted again, slowly: loops over the records of a history, without the database or the tree's tables.

A reference for the closing: it knows the definitions alone. Histories are of the second half of 2026.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
ROOT, EAST, WEST = 0, 1, 2
CENTERS = range(7)
FIRST_PARENT = {1: ROOT, 2: ROOT, 3: EAST, 4: EAST, 5: WEST, 6: WEST}
MONTHS = [(2026, month) for month in range(7, 12)]
OPENS, CLOSES = 8, 21
FEWEST_ANSWERS = 20
DAY = dt.timedelta(days=1)
# What the centers of a period were before: nothing happens then, and nothing changes.
BEGINNING = dt.date(2026, 6, 1)


@dataclasses.dataclass
class Held:
    """Activity; `people` is None while nobody recorded it."""

    center: int
    ends_at: dt.datetime
    kind: str
    state: str
    people: int
    hosts: frozenset[int] = frozenset()
    hours: str | None = None
    organization: int | None = None
    came: frozenset[int] = frozenset()

    @property
    def counts(self) -> bool:
        return self.state in ("recorded", "archived")


@dataclasses.dataclass
class Use:
    """Booking of a room of `cells` parts."""

    center: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    people: int
    status: str

    @property
    def is_granted(self) -> bool:
        return self.status in ("approved", "released")


@dataclasses.dataclass
class Rated:
    center: int
    at: dt.datetime
    grade: int


@dataclasses.dataclass
class Group:
    """Party organisation under a center."""

    center: int
    founded_on: dt.date | None
    dissolved_on: dt.date | None


@dataclasses.dataclass
class History:
    """All that happened. `moves`: center, its new parent and since when; `closed`: center and since when.

    `rooms`: number of parts of the one room of a center.
    """

    now: dt.datetime
    moves: dict[int, tuple[int, dt.date]]
    closed: dict[int, dt.date]
    rooms: dict[int, int]
    held: list[Held]
    uses: list[Use]
    rated: list[Rated]
    groups: list[Group]

    def parent(self, center: int, day: dt.date) -> int | None:
        if center == ROOT or (center in self.closed and day >= self.closed[center]):
            return None
        new_parent, since = self.moves.get(center, (None, dt.date.max))
        return new_parent if day >= since else FIRST_PARENT[center]

    def above(self, center: int, day: dt.date) -> list[int]:
        """The center itself and those above it on a day."""
        path, at = [], center
        while at is not None:
            path.append(at)
            at = self.parent(at, day)  # type: ignore[assignment]
        return path

    def nodes(self, center: int, moment: dt.datetime) -> list[int]:
        """Nodes at which a record of a moment counts: those above at the end of its month, or while it was open."""
        day = end_of_month(moment.astimezone(SHANGHAI).date())
        day = min(day, self.now.astimezone(SHANGHAI).date())
        if center in self.closed:
            day = min(day, self.closed[center] - DAY)
        return self.above(center, day)


@dataclasses.dataclass(frozen=True)
class Span:
    """Days of a period, both included."""

    first: dt.date
    last: dt.date

    def has(self, moment: dt.datetime) -> bool:
        return self.first <= moment.astimezone(SHANGHAI).date() <= self.last


Figure = Fraction | None


def end_of_month(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=31)).replace(day=1) - DAY


def midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=SHANGHAI)


def recount(history: History, code: str, node: int, span: Span) -> Figure:
    """The figure of a metric at a node in a period; None where there is none."""
    if code in SHARES:
        part, whole = SHARES[code](history, node, span)
        return round_half_up(Fraction(100 * part, whole)) if whole else None
    if code == "activity.persons":
        return Fraction(len(persons(history, node, span)))
    return sum((value for at, value in amounts(history, code, span) if at == node), Fraction(0))


def amounts(history: History, code: str, span: Span) -> Iterator[tuple[int, Fraction]]:
    """Each node with each amount that counts there, of a metric that is a sum."""
    area, name = code.split(".")
    if area == "venue":
        yield from venue(history, name, span)
    elif area == "rating":
        for rated in history.rated:
            if span.has(rated.at) and (name == "answers" or rated.grade >= 4):
                yield from ((node, Fraction(1)) for node in history.nodes(rated.center, rated.at))
    else:
        for one in history.held:
            if one.counts and one.kind == area and span.has(one.ends_at):
                yield from of_activity(history, name, one)


def of_activity(history: History, name: str, one: Held) -> Iterator[tuple[int, Fraction]]:
    if name == "co_hosted":
        # Shown at the partner alone: no total has it.
        yield from ((host, Fraction(1)) for host in one.hosts)
        return
    value = {
        "count": lambda: Fraction(1),
        "people": lambda: Fraction(one.people),
        "checked_in": lambda: Fraction(len(one.came)),
        "door_count": lambda: Fraction(0),  # nobody is, in these histories: tests/stats/test_closing.py
        "hours": lambda: Fraction(one.hours or "0"),
    }[name]()
    yield from ((node, value) for node in history.nodes(one.center, one.ends_at))


def persons(history: History, node: int, span: Span) -> set[int]:
    found: set[int] = set()
    for one in history.held:
        is_counted = one.counts and one.kind == "activity" and span.has(one.ends_at)
        if is_counted and node in history.nodes(one.center, one.ends_at):
            found |= one.came
    return found


def venue(history: History, name: str, span: Span) -> Iterator[tuple[int, Fraction]]:
    if name in ("used_minutes", "open_minutes"):
        yield from minutes_of_rooms(history, name, span)
        return
    for use in history.uses:
        if use.ends_at > history.now or not span.has(use.ends_at):
            continue
        wanted = use.status in ("rejected", "expired") if name == "refused" else use.is_granted
        if wanted:
            value = Fraction(use.people if name == "people" else 1)
            yield from ((node, value) for node in history.nodes(use.center, use.ends_at))


def minutes_of_rooms(history: History, name: str, span: Span) -> Iterator[tuple[int, Fraction]]:
    """Day by day, what of the open hours is past, and what of that was used."""
    for center, cells in history.rooms.items():
        # Months before that weren't closed.
        day = max(span.first, dt.date(*MONTHS[0], 1))
        while day <= span.last:
            opens = midnight(day) + dt.timedelta(hours=OPENS)
            closes = min(midnight(day) + dt.timedelta(hours=CLOSES), history.now)
            if closes > opens:
                spans = [(opens, closes)]
                if name == "used_minutes":
                    spans = [
                        (max(opens, use.starts_at), min(closes, use.ends_at))
                        for use in history.uses
                        if use.center == center and use.is_granted
                    ]
                seconds = sum(int((end - start).total_seconds()) for start, end in spans if end > start)
                value = Fraction(cells * seconds, 60)
                yield from ((node, value) for node in history.nodes(center, opens))
            day += DAY


def utilisation(history: History, node: int, span: Span) -> tuple[Any, Any]:
    return tuple(  # type: ignore[return-value]
        recount(history, code, node, span) for code in ("venue.used_minutes", "venue.open_minutes")
    )


def satisfaction(history: History, node: int, span: Span) -> tuple[Any, Any]:
    part, whole = (recount(history, code, node, span) for code in ("rating.satisfied", "rating.answers"))
    return (part, whole) if whole and whole >= FEWEST_ANSWERS else (0, 0)


def coverage(history: History, node: int, span: Span) -> tuple[int, int]:
    active, inspected = set(), set()
    for number, group in enumerate(history.groups):
        day = max(span.first, BEGINNING)
        while day <= span.last and number not in active:
            lives = (group.founded_on or dt.date.min) <= day < (group.dissolved_on or dt.date.max)
            if lives and node in history.above(group.center, day):
                active.add(number)
            day += DAY
    for one in history.held:
        if one.counts and one.kind == "inspection" and span.has(one.ends_at):
            inspected.add(one.organization)
    return len(active & inspected), len(active)


SHARES: dict[str, Callable[[History, int, Span], tuple[Any, Any]]] = {
    "venue.utilisation": utilisation,
    "rating.satisfaction": satisfaction,
    "inspection.coverage": coverage,
}


def round_half_up(value: Fraction) -> Fraction:
    return Fraction((value * 10 + Fraction(1, 2)).__floor__(), 10)
