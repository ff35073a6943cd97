"""Occupancy calendar: bookable rooms with their opening hours and taken times over a range of days."""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q

from bookings.domain import policies
from bookings.domain.rules import on_grid_after
from bookings.models import Maintenance, Occupancy, Space
from bookings.values.policy import Policy
from centers.domain import hours
from centers.models import CenterAncestor
from common import clock
from common.intervals import Span, overlaps_any

DAY = dt.timedelta(days=1)
# Days before the first and after the last that deadlines in working days look at.
MARGIN = 14 * DAY


@dataclasses.dataclass(frozen=True)
class Room:
    """A bookable space with its cells; `key` is the same on every installation."""

    pk: int
    center_id: int
    key: str
    capacity: int
    cells: tuple[int, ...]


def rooms() -> list[Room]:
    """Load the spaces that residents may book."""
    found = (
        Space.objects.public()
        .annotate(cell_ids=ArrayAgg("cells", default=[]))
        .order_by("center__order", "center__code", "pk")
    )
    rows = found.values_list("pk", "center_id", "center__code", "name", "capacity", "cell_ids")
    return [
        Room(pk, center, f"{code} {name}", capacity, tuple(cells))
        for pk, center, code, name, capacity, cells in rows
        if cells
    ]


class OccupancyCalendar:
    """Opening hours, policies and taken times of `rooms` from `first` to `last` (included)."""

    def __init__(self, found: Sequence[Room], first: dt.date, last: dt.date) -> None:
        self.rooms = found
        centers = {room.center_id for room in found}
        self._open_days = hours.open_days(centers, first - MARGIN, last + MARGIN)
        self._taken: dict[tuple[int, dt.date], list[Span]] = defaultdict(list)
        self._load_taken(clock.midnight(first), clock.midnight(last + DAY))
        self._policies = _policies_of(first, last)

    def _load_taken(self, start: dt.datetime, end: dt.datetime) -> None:
        for cell, span in Occupancy.objects.overlapping(start, end).values_list("cell_id", "span"):
            self._note(cell, span.lower, span.upper)
        cells_of = {room.pk: room.cells for room in self.rooms}
        repairs = Maintenance.objects.filter(starts_at__lt=end, ends_at__gt=start)
        for space, starts_at, ends_at in repairs.values_list("space_id", "starts_at", "ends_at"):
            for cell in cells_of.get(space, ()):
                self._note(cell, max(starts_at, start), min(ends_at, end))

    def _note(self, cell: int, start: dt.datetime, end: dt.datetime) -> None:
        day = clock.local(start).date()
        while clock.midnight(day) < end:
            self._taken[cell, day].append((start, end))
            day += DAY

    def openings(self, room: Room, day: dt.date) -> list[Span]:
        """Opening hours of the room's center on `day`, each start rounded up to the half hour."""
        return [(on_grid_after(opens), closes) for opens, closes in self._open_days[room.center_id][day].spans]

    def policy(self, room: Room, day: dt.date) -> tuple[Policy, list[int]]:
        """Policy and lineage of the room on `day`."""
        return next(resolved for since, resolved in self._policies if since <= day)[room.pk]

    def workday_after(self, room: Room, day: dt.date, count: int) -> dt.date:
        """The `count`-th working day after `day` at the room's center, at most the calendar's last day."""
        days = self._open_days[room.center_id]
        while count and day + DAY in days:
            day += DAY
            count -= days[day].is_workday
        return day

    def is_free(self, room: Room, start: dt.datetime, end: dt.datetime) -> bool:
        """Whether nothing of [start, end) is taken; with the turnaround in `end`."""
        # With its turnaround a use may reach into the next day.
        days = {clock.local(start).date(), clock.local(end).date()}
        taken = (self._taken.get((cell, day), ()) for cell in room.cells for day in days)
        return not any(overlaps_any((start, end), spans) for spans in taken)

    def take(self, room: Room, start: dt.datetime, end: dt.datetime) -> None:
        """Note that [start, end) of the room's cells is taken."""
        for cell in room.cells:
            self._note(cell, start, end)


Policies = list[tuple[dt.date, dict[int, tuple[Policy, list[int]]]]]


def _policies_of(first: dt.date, last: dt.date) -> Policies:
    """Policies and lineages from each day on which the tree changed, the latest first."""
    ranges: Iterable[tuple[dt.date | None, dt.date | None]] = (
        (valid.lower, valid.upper)
        for valid in CenterAncestor.objects.filter(
            Q(valid__startswith__gt=first) | Q(valid__endswith__range=(first, last))
        )
        .values_list("valid", flat=True)
        .distinct()
    )
    changes = {bound for pair in ranges for bound in pair if bound is not None and first < bound <= last}
    return [(day, policies.resolve(on=day)) for day in sorted({first, *changes}, reverse=True)]
