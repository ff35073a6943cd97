"""Waiting requests by part of the network, for those whose reach is wider than one center."""

import dataclasses
import datetime as dt

from django.db.models import Count, Q

from bookings.models import Booking
from centers.models import Center, CenterAncestor
from common import clock


@dataclasses.dataclass(frozen=True)
class Part:
    """A center with all below it, or one `alone`.

    How many of its requests wait, and how many of those must be answered today.
    """

    center: Center
    waiting: int
    due_today: int
    alone: bool = False


def by_part(center: Center) -> list[Part]:
    """Parts below `center` where requests wait: it alone, then those right below, those with most due today first.

    They add up to all that wait under it; nothing for a center without parts. Three queries, however many requests.
    """
    today = clock.today()
    tomorrow = clock.midnight(today + dt.timedelta(days=1))
    below = set(CenterAncestor.objects.on(today).filter(ancestor=center, depth=1).values_list("center", flat=True))
    if not below:
        return []
    counted_at = CenterAncestor.objects.on(today).filter(Q(ancestor__in=below) | Q(ancestor=center, depth=0))
    requests = Booking.objects.undecided(clock.now()).filter(space__center__ancestor_rows__in=counted_at)
    counts = requests.values_list("space__center__ancestor_rows__ancestor").annotate(
        waiting=Count("pk"), due=Count("pk", filter=Q(decide_by__lt=tomorrow))
    )
    found = {pk: (waiting, due) for pk, waiting, due in counts.order_by()}
    parts = [
        Part(part, *found[part.pk], alone=part == center)
        for part in Center.objects.filter(pk__in=found).in_register_order()
    ]
    return sorted(parts, key=lambda part: (not part.alone, -part.due_today))
