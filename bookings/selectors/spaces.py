"""The rooms of a center as those see them who manage it."""

from typing import Any

from django.db.models import Count

from bookings.models import Space
from centers.models import Center


def rooms_of(center: Center) -> list[Any]:
    """Rooms of a center in the order they were added, each with `cell_count`: more than one is a hall that divides.

    One query.
    """
    return list(Space.objects.filter(center=center).annotate(cell_count=Count("cells")).order_by("id"))


def sharing_cells_with(space: Space) -> list[Space]:
    """Rooms that can't be taken while `space` is: its parts, or the halls it is a part of. One query."""
    return list(Space.objects.filter(cells__in=space.cells.all()).exclude(pk=space.pk).distinct().order_by("id"))
