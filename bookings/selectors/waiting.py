"""Where requests wait, for those whose reach is wider than one center."""

import dataclasses
import datetime as dt

from django.db.models import Count, Q

from bookings.models import Booking
from centers.models import Center, CenterAncestor
from common import clock


@dataclasses.dataclass(frozen=True)
class Part:
    """A center with all below it: how many of its requests wait, and how many of those must be answered today."""

    center: Center
    waiting: int
    due_today: int


def by_part(center: Center) -> list[Part]:
    """The parts right below `center` in which requests wait, those with most due today first. Two queries, however many requests."""
    today = clock.today()
    tomorrow = clock.midnight(today + dt.timedelta(days=1))
    below = CenterAncestor.objects.on(today).filter(ancestor=center, depth=1).values("center")
    requests = Booking.objects.pending().filter(
        starts_at__gt=clock.now(), space__center__ancestor_rows__ancestor__in=below, space__center__ancestor_rows__valid__contains=today
    )
    counts = requests.values_list("space__center__ancestor_rows__ancestor").annotate(
        waiting=Count("pk"), due=Count("pk", filter=Q(decide_by__lt=tomorrow))
    )
    found = {pk: (waiting, due) for pk, waiting, due in counts.order_by()}
    parts = [Part(part, *found[part.pk]) for part in Center.objects.filter(pk__in=found).in_register_order()]
    return sorted(parts, key=lambda part: -part.due_today)
