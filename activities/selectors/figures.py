"""Figures of activities by part of the network, for those above: today, and held without a record."""

import dataclasses
import datetime as dt

from django.db.models import Count, QuerySet

from activities.models import Activity
from centers.models import CenterAncestor
from common import clock

DAY = dt.timedelta(days=1)
PART = "center__ancestor_rows__ancestor"


@dataclasses.dataclass(frozen=True)
class ActivityFigures:
    """Numbers of activities, each at the center that leads it: today, and held without a record."""

    today: int = 0
    unrecorded: int = 0


def activity_figures(parts: QuerySet[CenterAncestor], now: dt.datetime) -> dict[int, ActivityFigures]:
    """Figures of each part (`centers.selectors.parts`), by the id of its head. Two queries, however many centers."""
    day = clock.local(now).date()
    today = dict(_count(Activity.objects.taking_place_on(day), parts))
    unrecorded = dict(_count(Activity.objects.unrecorded(now), parts))
    return {
        part: ActivityFigures(today.get(part, 0), unrecorded.get(part, 0)) for part in today.keys() | unrecorded.keys()
    }


def _count(activities: QuerySet[Activity], parts: QuerySet[CenterAncestor]) -> QuerySet[Activity, tuple[int, int]]:
    counted = activities.filter(center__ancestor_rows__in=parts).values_list(PART)
    return counted.annotate(n=Count("pk")).order_by()
