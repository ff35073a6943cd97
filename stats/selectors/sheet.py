"""Sheet of a period: a center and all below it, a row each, with every figure as a number."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from centers.models import Center
from common.words.times import moment_words
from stats.choices import NotExpected, Unit
from stats.domain import metrics
from stats.domain.metrics import Metric
from stats.models import MonthCenter
from stats.selectors.counted import counted_at
from stats.selectors.figures import PeriodFigures, figures_of
from stats.selectors.records import plain
from stats.values.numbers import MISSING
from stats.values.periods import Period


def sheet_head() -> list[str]:
    """Head of the sheet: the center, then area, name and unit of each metric."""
    figures = [f"{metric.area.name}{_(': ')}{metric.name} ({Unit(metric.unit).label})" for metric in _columns()]
    return [_("Code"), _("Center"), _("Stands under"), _("Report expected"), *figures]


def sheet_rows(center: Center, period: Period) -> Iterator[list[Any]]:
    """Rows in the order of the tree, then one that says of which moment they are. Six queries."""
    placed = list(MonthCenter.objects.at_end_of(period).below(center.pk))
    centers = Center.objects.in_bulk([row.center_id for row in placed])
    found = figures_of(list(centers), period)
    places = {pk: place for place, pk in enumerate(sorted(centers, key=lambda pk: _register_order(centers[pk])))}
    for row in sorted(placed, key=lambda row: [places.get(pk, -1) for pk in row.lineage]):
        one = centers[row.center_id]
        above = centers.get(row.lineage[-2]) if len(row.lineage) > 1 else None
        expected = NotExpected(row.not_expected).label if row.not_expected else _("yes")
        yield [one.code, one.shown_name, above.shown_name if above else "", expected, *_figures(one.pk, found)]
    moment = counted_at(period)
    if moment:
        yield [_("Counted from the records as of %(moment)s.") % {"moment": moment_words(moment)}]


def _columns() -> list[Metric]:
    return [metric for metric in metrics.all_metrics() if metric.unit != Unit.MINUTES]


def _figures(node: int, found: PeriodFigures) -> Iterator[Any]:
    for metric in _columns():
        value = found.of(node, metric).value
        yield MISSING if value is None else plain(value)


def _register_order(center: Center) -> tuple[int, str]:
    return center.order, center.code
