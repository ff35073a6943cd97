"""When spaces are free: opening hours less what is taken, what is under repair and what has passed.

Reads only; nothing here holds a room.
"""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db import connection

from bookings.values.policy import GRID_MINUTES, LONGEST_TURNAROUND
from centers.domain import hours
from centers.values.opening import OpenDay
from common import clock

Span = tuple[dt.datetime, dt.datetime]
OpenDays = Mapping[int, Mapping[dt.date, OpenDay]]
STEP = dt.timedelta(minutes=GRID_MINUTES)

_BUSY = """
    SELECT sc.space_id, lower(o.span), upper(o.span), 'taken'
    FROM bookings_occupancy o JOIN bookings_space_cells sc ON sc.cell_id = o.cell_id
    WHERE sc.space_id = ANY(%(spaces)s) AND o.span && tstzrange(%(start)s, %(end)s)
    UNION ALL
    SELECT DISTINCT sc.space_id, m.starts_at, m.ends_at, 'maintenance'
    FROM bookings_maintenance m
    JOIN bookings_space_cells own ON own.space_id = m.space_id
    JOIN bookings_space_cells sc ON sc.cell_id = own.cell_id
    WHERE sc.space_id = ANY(%(spaces)s) AND m.starts_at < %(end)s AND m.ends_at > %(start)s
    ORDER BY 1, 2
"""


@dataclasses.dataclass(frozen=True)
class SpaceDay:
    """One space on one day. Spans are half-open, aware and in order; `taken` and `repairs` may reach past the day.

    `taken_after` is what is taken shortly after it: the turnaround of a use that ends towards midnight must keep clear of that too.
    """

    open_day: OpenDay
    taken: list[Span] = dataclasses.field(default_factory=list)
    repairs: list[Span] = dataclasses.field(default_factory=list)
    taken_after: list[Span] = dataclasses.field(default_factory=list)

    @property
    def busy(self) -> list[Span]:
        return self.taken + self.repairs

    def is_open(self, start: dt.datetime, end: dt.datetime) -> bool:
        return self.open_day.covers(start, end)

    def is_taken(self, start: dt.datetime, end: dt.datetime) -> bool:
        return any(a < end and b > start for a, b in (*self.taken, *self.taken_after))

    def is_under_repair(self, start: dt.datetime, end: dt.datetime) -> bool:
        return any(a < end and b > start for a, b in self.repairs)

    def is_free(self, start: dt.datetime, end: dt.datetime, turnaround: dt.timedelta = dt.timedelta()) -> bool:
        """Whether [start, end) could be booked now, with its turnaround, as far as time goes."""
        return (
            start > clock.now()
            and self.is_open(start, end)
            and not self.is_taken(start, end + turnaround)
            and not self.is_under_repair(start, end)
        )

    def free_spans(self, turnaround: dt.timedelta, now: dt.datetime) -> list[Span]:
        """Stretches, on the grid and from the next half hour on, in which a use of any length fits with its turnaround."""
        spans: list[Span] = []
        for opens, closes in self.open_day.spans:
            moment = max(opens, next_on_grid(now))
            for start, end in _blocks(self, turnaround):
                if end <= moment:
                    continue
                if start >= closes:
                    break
                if on_grid_before(start) > moment:
                    spans.append((moment, on_grid_before(start)))
                moment = max(moment, on_grid_after(end))
            if moment < closes:
                spans.append((moment, closes))
        return spans


def _blocks(day: SpaceDay, turnaround: dt.timedelta) -> list[Span]:
    """What a use must keep clear of: taken spans widened to the front by the turnaround it would need itself, and repairs as they are."""
    return sorted([*((a - turnaround, b) for a, b in (*day.taken, *day.taken_after)), *day.repairs])


def busy_spans(space_ids: Collection[int], start: dt.datetime, end: dt.datetime) -> dict[int, dict[str, list[Span]]]:
    """Taken and maintenance spans of the spaces that meet [start, end), in order. One query."""
    found: dict[int, dict[str, list[Span]]] = defaultdict(lambda: {"taken": [], "maintenance": []})
    with connection.cursor() as cursor:
        cursor.execute(_BUSY, {"spaces": list(space_ids), "start": start, "end": end})
        for space_id, busy_from, busy_until, kind in cursor.fetchall():
            found[space_id][kind].append((busy_from, busy_until))
    return found


def space_days(
    centers_of: Mapping[int, int], first: dt.date, last: dt.date, open_days: OpenDays | None = None
) -> dict[int, dict[dt.date, SpaceDay]]:
    """Every day from `first` to `last` (inclusive) of the spaces {space id: center id}. Six queries; one where the opening is known."""
    if open_days is None:
        open_days = hours.open_days(set(centers_of.values()), first, last)
    # In UTC, as the spans come: moments of one time zone compare several times quicker than those of two.
    edges = {
        day: (clock.midnight(day).astimezone(dt.UTC), clock.midnight(day + dt.timedelta(days=1)).astimezone(dt.UTC))
        for day in hours.dates(first, last)
    }
    busy = busy_spans(centers_of, edges[first][0], edges[last][1] + LONGEST_TURNAROUND)
    result: dict[int, dict[dt.date, SpaceDay]] = {}
    for space_id, center_id in centers_of.items():
        spans = busy.get(space_id)
        if spans is None:
            result[space_id] = {day: SpaceDay(open_days[center_id][day]) for day in edges}
        else:
            result[space_id] = {
                day: SpaceDay(
                    open_days[center_id][day],
                    _within(spans["taken"], *edge),
                    _within(spans["maintenance"], *edge),
                    _within(spans["taken"], edge[1], edge[1] + LONGEST_TURNAROUND),
                )
                for day, edge in edges.items()
            }
    return result


def _within(spans: Iterable[Span], begin: dt.datetime, end: dt.datetime) -> list[Span]:
    return [(a, b) for a, b in spans if a < end and b > begin]


def on_grid_before(moment: dt.datetime) -> dt.datetime:
    """The last half hour not after `moment`."""
    local = clock.local(moment)
    return local - dt.timedelta(
        minutes=local.minute % GRID_MINUTES, seconds=local.second, microseconds=local.microsecond
    )


def on_grid_after(moment: dt.datetime) -> dt.datetime:
    """The first half hour not before `moment`."""
    before = on_grid_before(moment)
    return before if before == moment else before + STEP


def next_on_grid(now: dt.datetime) -> dt.datetime:
    """The first half hour after now: the earliest start that can still be booked."""
    return on_grid_before(now) + STEP
