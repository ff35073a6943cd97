"""Figures that somebody is given: all of the centers they work for, the open ones of the network to everybody."""

import dataclasses
import datetime as dt
from collections.abc import Collection
from decimal import Decimal

from django.db.models import Q

from centers.access import Viewer, scope
from centers.choices import WORKING
from centers.models import Center
from centers.querysets import CenterQuerySet
from stats.domain.metrics import Metric
from stats.selectors.counted import counted_at
from stats.selectors.figures import PeriodFigures, figures_of
from stats.selectors.open_data import top_centers
from stats.values.periods import Period


@dataclasses.dataclass(frozen=True)
class GivenFigure:
    """Figure of one metric."""

    metric: Metric
    value: Decimal | None


@dataclasses.dataclass(frozen=True)
class GivenFigures:
    """Figures of a page of centers. `within_reach`: ids of those of which the reader gets all metrics."""

    period: Period
    counted_at: dt.datetime | None
    metrics: list[Metric]
    found: PeriodFigures
    within_reach: Collection[int]

    def of(self, center: int) -> list[GivenFigure]:
        """Figures of a center that the reader is given."""
        shown = [metric for metric in self.metrics if metric.is_open or center in self.within_reach]
        return [GivenFigure(metric, self.found.of(center, metric).value) for metric in shown]


def centers_given(viewer: Viewer) -> CenterQuerySet:
    """Centers of which somebody is given figures: the one above all, and those they work at or above. Lazy."""
    mine = scope(viewer, WORKING).values("pk")
    return Center.objects.filter(Q(pk__in=top_centers().values("pk")) | Q(pk__in=mine)).in_register_order()


def figures_given(viewer: Viewer, centers: Collection[int], metrics: list[Metric], period: Period) -> GivenFigures:
    """Figures of these centers in a period. Five queries."""
    reach = scope(viewer, WORKING).filter(pk__in=centers).values_list("pk", flat=True)
    return GivenFigures(period, counted_at(period), metrics, figures_of(centers, period), set(reach))
