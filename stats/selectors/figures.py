"""Figures of nodes of the tree for a period, as they were closed, and against other periods."""

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum

from stats.choices import PeriodKind
from stats.domain import metrics
from stats.domain.metrics import Metric, Ratio, Share
from stats.models import Fact, MonthCenter, ReportingMonth, Rollup
from stats.values.changes import Change
from stats.values.periods import Period

PER_CENT = 100
PLACES = Decimal("0.1")


@dataclasses.dataclass(frozen=True)
class Value:
    """Value of a metric; None where it is missing. Of a share also its part and whole."""

    value: Decimal | None = None
    part: Decimal | int | None = None
    whole: Decimal | int | None = None

    @property
    def is_hidden(self) -> bool:
        """Whether there is a whole, and too little of it to give the share."""
        return self.value is None and bool(self.whole)


MISSING = Value()
NOTHING = Value(Decimal(0))
# By node and metric.
Values = Mapping[tuple[int, str], Value]


@dataclasses.dataclass(frozen=True)
class Figure:
    """Figure of a metric with its change against the period before (环比) and the year before (同比)."""

    metric: Metric
    now: Value
    change: Change
    year_change: Change
    url: str = ""

    @property
    def value(self) -> Decimal | None:
        return self.now.value


@dataclasses.dataclass(frozen=True)
class PeriodFigures:
    """Figures of a period, by node and metric. `period`: None where it was never closed."""

    period: Period | None
    found: Values

    def of(self, node: int, metric: Metric) -> Value:
        """The value of a metric at a node: 0 where nothing was recorded, missing where nothing is known.

        A share of nothing is missing.
        """
        if self.period is None:
            return MISSING
        if isinstance(metric, Ratio):
            return self._ratio(node, metric)
        return self.found.get((node, metric.code), MISSING if isinstance(metric, Share) else NOTHING)

    def _ratio(self, node: int, metric: Ratio) -> Value:
        part = self.found.get((node, metric.part), NOTHING).value
        whole = self.found.get((node, metric.whole), NOTHING).value
        if part is None or not whole:
            return MISSING
        percent = (part * PER_CENT / whole).quantize(PLACES, ROUND_HALF_UP)
        return Value(percent if whole >= metric.fewest else None, part, whole)


UNKNOWN = PeriodFigures(None, {})


@dataclasses.dataclass(frozen=True)
class Pair:
    """Figures of two periods that are compared."""

    now: PeriodFigures
    before: PeriodFigures

    def change(self, node: int, metric: Metric) -> Change:
        return Change(self.now.of(node, metric).value, self.before.of(node, metric).value)


@dataclasses.dataclass(frozen=True)
class Comparison:
    """Figures of a period, and the pairs by which they are compared with the period before and the year before."""

    now: PeriodFigures
    before: Pair
    year_before: Pair

    def of(self, node: int, metric: Metric, url: str = "") -> Figure:
        changes = self.before.change(node, metric), self.year_before.change(node, metric)
        return Figure(metric, self.now.of(node, metric), *changes, url)


def figures_of(nodes: Collection[int], period: Period | None) -> PeriodFigures:
    """Figures of nodes for a period; of none, all are missing. Three queries."""
    if period is None or not is_closed(period):
        return UNKNOWN
    found: dict[tuple[int, str], Value] = {}
    monthly = Rollup.objects.monthly(period.first.first, period.last.first, nodes)
    for node, code, value in monthly.values_list("node", "metric").annotate(sum=Sum("value")).order_by():
        found[node, code] = Value(value)
    sets = [metric.code for metric in metrics.all_metrics() if not metric.is_additive]
    of_sets = Rollup.objects.of_period(period, nodes).filter(metric__in=sets)
    for node, code, value, part, whole in of_sets.values_list("node", "metric", "value", "part", "whole"):
        found[node, code] = Value(value, part, whole)
    return PeriodFigures(period, found)


def comparison(nodes: Collection[int], period: Period) -> Comparison:
    """Figures of nodes beside those of the period before and of the year before. Nine queries at most."""
    now = figures_of(nodes, period)
    before, year_before = figures_of(nodes, period.before), figures_of(nodes, period.year_before)
    return Comparison(now, Pair(now, before), Pair(now, year_before))


def comparable(node: int, nodes: Collection[int], period: Period) -> Comparison:
    """The same for a node and those right below it (`nodes`), compared over the same centers (可比口径).

    Each pair of periods counts the centers alone of which a report was expected at the end of both; what isn't
    additive isn't compared. Thirteen queries at most.
    """
    now = figures_of(nodes, period)
    return Comparison(now, _same_centers(node, period, period.before), _same_centers(node, period, period.year_before))


def _same_centers(node: int, period: Period, other: Period | None) -> Pair:
    if other is None or not is_closed(other):
        return Pair(UNKNOWN, UNKNOWN)
    both = _expected_in(period) & _expected_in(other)
    return Pair(_of_centers(node, period, both), _of_centers(node, other, both))


def is_closed(period: Period) -> bool:
    """Whether the figures of all its months are kept; of all time, of any. One query."""
    kept = ReportingMonth.objects.filter(month__gte=period.first.first, month__lte=period.last.first).count()
    if period.kind == PeriodKind.ALL or not period.is_over:
        return kept > 0
    return kept == period.months


def _expected_in(period: Period) -> set[int]:
    return set(MonthCenter.objects.at_end_of(period).expected().values_list("center", flat=True))


def _of_centers(node: int, period: Period, centers: set[int]) -> PeriodFigures:
    """Figures of the node and of those right below it, of these centers alone."""
    found: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    facts = Fact.objects.within(period).below(node).filter(center__in=centers)
    for lineage, code, value in facts.values_list("lineage", "metric").annotate(sum=Sum("value")).order_by():
        found[node, code] += value
        below = lineage[lineage.index(node) + 1 :]
        if below:
            found[below[0], code] += value
    return PeriodFigures(period, {key: Value(value) for key, value in found.items()})
