"""Explanation of a figure: what it is made of, when it was counted, by which definition and by which query."""

import dataclasses
import datetime as dt
from decimal import Decimal

from centers.access import Viewer
from centers.models import Center
from stats.domain import metrics as registry
from stats.domain.metrics import Metric, Ratio, Total
from stats.domain.queries import Query, query_of
from stats.selectors.counted import counted_at
from stats.selectors.figures import PeriodFigures, Value, figures_of
from stats.selectors.parts import Parts, parts_of
from stats.selectors.records import records_of, sum_of
from stats.values.periods import Period


@dataclasses.dataclass(frozen=True)
class Beside:
    """Metric that is shown beside a figure and isn't part of it, such as what was hosted with others."""

    metric: Metric
    figure: Value


@dataclasses.dataclass(frozen=True)
class Explanation:
    """Explanation of one figure. `parts`: of an additive one; `live`: sum and number of its own records just now.

    `share_of`: part and whole of a ratio, as metrics with their figures.
    """

    metric: Metric
    center: Center
    period: Period
    figure: Value
    counted_at: dt.datetime | None
    query: Query
    parts: Parts | None
    live: tuple[Decimal, int] | None
    beside: list[Beside]
    share_of: list[Beside]

    @property
    def has_changed(self) -> bool:
        """Whether its own records changed since they were last counted."""
        return self.parts is not None and self.live is not None and self.live[0] != self.parts.own.value

    @property
    def adds_up(self) -> bool:
        """Whether the figure is the sum of its parts."""
        return self.parts is None or self.parts.total == (self.figure.value or 0)


def explain(metric: Metric, center: Center, period: Period, viewer: Viewer | None = None) -> Explanation:
    """Explain the figure of a metric at a center in a period; `viewer` as of `parts_of`. Fifteen queries at most."""
    records = records_of(metric, center.pk, period) if isinstance(metric, Total) else None
    figures = figures_of([center.pk], period)
    return Explanation(
        metric=metric,
        center=center,
        period=period,
        figure=figures.of(center.pk, metric),
        counted_at=counted_at(period),
        query=query_of(metric, records, period),
        parts=parts_of(metric, center.pk, period, viewer) if metric.is_additive else None,
        live=sum_of(records) if records is not None else None,
        beside=_with_figures(_beside(metric), center, figures),
        share_of=_with_figures(_share_of(metric), center, figures),
    )


def _beside(metric: Metric) -> list[Metric]:
    """Metrics of the same area that are part of no total, beside one that is."""
    if not (metric.in_total and metric.is_additive):
        return []
    return [one for one in registry.all_metrics() if one.area == metric.area and not one.in_total]


def _share_of(metric: Metric) -> list[Metric]:
    """Part and whole of a ratio."""
    found = [registry.find(code) for code in (metric.part, metric.whole)] if isinstance(metric, Ratio) else []
    return [one for one in found if one is not None]


def _with_figures(metrics: list[Metric], center: Center, figures: PeriodFigures) -> list[Beside]:
    return [Beside(metric, figures.of(center.pk, metric)) for metric in metrics]
