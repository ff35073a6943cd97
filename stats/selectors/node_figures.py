"""Figures of nodes of the tree for any period, as the last closing left them."""

import dataclasses
import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from common.months import Month
from stats.choices import PeriodKind, RunState
from stats.domain import metrics as registry
from stats.domain.metrics import Metric, Ratio
from stats.models import ClosingRun, ReportingMonth, Rollup
from stats.values.periods import Period

PER_CENT = 100
NONE = Decimal(0)


@dataclasses.dataclass(frozen=True)
class NodeFigure:
    """Figure of one metric at one node; `value` is None where nothing can be said, which isn't the same as 0.

    `part` and `whole` of a share; `is_hidden`: there is a whole, and too little of it to give the share.
    """

    value: Decimal | None
    part: Decimal | None = None
    whole: Decimal | None = None
    n_records: int = 0
    is_hidden: bool = False


Figures = dict[tuple[int, str], NodeFigure]


def node_figures(metrics: Collection[Metric], nodes: Collection[int], period: Period) -> Figures:
    """Figures by node and metric's code, one for each pair. Three queries, however many."""
    counted = was_counted(period)
    sums = _sums(_additive_codes(metrics), nodes, period)
    sets = _sets({metric.code for metric in metrics}, nodes, period)
    found: Figures = {}
    for node in nodes:
        for metric in metrics:
            found[node, metric.code] = _figure(metric, node, sums, sets) if counted else NodeFigure(None)
    return found


def node_figure(metric: Metric, node: int, period: Period) -> NodeFigure:
    """The figure of one metric at one node. Three queries."""
    return node_figures([metric], [node], period)[node, metric.code]


def was_counted(period: Period) -> bool:
    """Whether any month of the period was ever closed. One query."""
    first, last = period.first.first, period.last.first
    return ReportingMonth.objects.filter(month__gte=first, month__lte=last).exists()


def counted_at(period: Period) -> dt.datetime | None:
    """The last moment at which the period's latest month was found to be that of the records. One query."""
    latest = last_begun(period).first
    done = ClosingRun.objects.filter(state=RunState.DONE, first__lte=latest, last__gte=latest)
    return done.order_by("-as_of").values_list("as_of", flat=True).first()


def last_begun(period: Period) -> Month:
    """The last month of a period that isn't to come."""
    return min(period.last, Period.of(PeriodKind.ALL, period.last).last)


def _additive_codes(metrics: Collection[Metric]) -> set[str]:
    codes = {metric.code for metric in metrics if metric.is_additive}
    for metric in metrics:
        if isinstance(metric, Ratio):
            codes |= {metric.part, metric.whole}
    return codes


def _sums(codes: Collection[str], nodes: Collection[int], period: Period) -> dict[tuple[int, str], tuple[Decimal, int]]:
    monthly = Rollup.objects.monthly(period.first.first, period.last.first, nodes).filter(metric__in=codes)
    rows = monthly.values_list("node", "metric").annotate(total=Sum("value"), records=Sum("n_records"))
    return {(node, metric): (total, records) for node, metric, total, records in rows}


def _sets(codes: Collection[str], nodes: Collection[int], period: Period) -> dict[tuple[int, str], Any]:
    month = period.first.first if period.kind == PeriodKind.ALL else period.last.first
    sets = [metric.code for metric in registry.all_metrics() if not metric.is_additive and metric.code in codes]
    found = Rollup.objects.filter(kind=period.kind, month=month, node__in=nodes, metric__in=sets)
    return {(row.node_id, row.metric): row for row in found}


def _figure(
    metric: Metric, node: int, sums: dict[tuple[int, str], tuple[Decimal, int]], sets: dict[tuple[int, str], Any]
) -> NodeFigure:
    if isinstance(metric, Ratio):
        part, whole = (sums.get((node, code), (NONE, 0))[0] for code in (metric.part, metric.whole))
        if not whole or whole < metric.fewest:
            return NodeFigure(None, part, whole, is_hidden=bool(whole))
        return NodeFigure((PER_CENT * part / whole).quantize(Decimal("0.1")), part, whole)
    if metric.is_additive:
        value, records = sums.get((node, metric.code), (NONE, 0))
        return NodeFigure(value, n_records=records)
    row = sets.get((node, metric.code))
    if row is None:
        # A set of which nothing was found is empty; a share of nothing is none.
        return NodeFigure(None if isinstance(metric, registry.Share) else NONE)
    return NodeFigure(row.value, *(None if n is None else Decimal(n) for n in (row.part, row.whole)))
