"""The public rooms of the whole network as plain rows: what a search goes through. No model instances, one query."""

from collections.abc import Collection
from typing import NamedTuple

from bookings.models import Space


class Room(NamedTuple):
    """A space as a search sees it. `area` and `equipment` are the values of their choices."""

    id: int
    name: str
    capacity: int
    area: str
    equipment: list[str]
    center_id: int
    center_code: str
    center_name: str


FIELDS = ("id", "name", "capacity", "area_kind", "equipment", "center_id", "center__code", "center__name")


def public_rooms(center_ids: Collection[int] | None = None) -> list[Room]:
    """Every space residents may book, of these centers or of all, in no particular order."""
    spaces = Space.objects.public()
    if center_ids is not None:
        spaces = spaces.filter(center__in=center_ids)
    return [Room._make(row) for row in spaces.order_by().values_list(*FIELDS)]
