"""Rooms by the words somebody looks for, whatever the time."""

from collections.abc import Iterable, Mapping

from bookings.models import Space
from bookings.querysets import SpaceQuerySet
from centers.domain.nearness import Near


def matching(words: str) -> SpaceQuerySet:
    """Public rooms that hold every word, in the register's order; all for none. A lazy queryset."""
    return Space.objects.public().search(words).order_by("center__order", "center__code", "id")


def nearest_first(rooms: SpaceQuerySet, ranked: Mapping[int, Near]) -> list[int]:
    """Ids of the rooms, those of the nearest centers first. One query, without the rooms themselves."""
    placed = [(pk, center) for pk, center in rooms.values_list("pk", "center_id") if center in ranked]
    return [pk for pk, center in sorted(placed, key=lambda one: ranked[one[1]].rank)]


def in_this_order(pks: Iterable[int]) -> list[Space]:
    """The rooms with their centers, in the order of the ids. One query."""
    rooms = Space.objects.select_related("center").in_bulk(list(pks))
    return [rooms[pk] for pk in pks if pk in rooms]
