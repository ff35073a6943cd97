"""Own figures of centers by month: those that count, and those of the records at this moment."""

from collections.abc import Collection
from decimal import Decimal

from django.db.models import Sum

from common.months import Month
from stats.domain import metrics
from stats.domain.metrics import Computed
from stats.domain.rules import Case
from stats.domain.statements import value_in
from stats.models import CenterReport, Fact, MonthCenter, PublishedFact

Figures = dict[str, Decimal]
# So many months before are looked at.
PAST_MONTHS = 12


def own_figures(centers: Collection[int], months: Collection[Month]) -> dict[tuple[int, Month], Figures]:
    """Figures that count, by center and month; of what wasn't reported there are none. Three queries.

    Without those of the centers below. A month in which nothing was recorded has an empty one.
    """
    days = [month.first for month in months]
    counted = {
        (center, Month(month)): revision
        for center, month, revision in CenterReport.objects.filter(
            center__in=centers, month__in=days, counted_revision__isnull=False
        ).values_list("center", "month", "counted_revision")
    }
    found: dict[tuple[int, Month], Figures] = {
        (center, month): {} for center in centers for month in months if counted.get((center, month)) != 0
    }
    live = Fact.objects.filter(center__in=centers, month__in=days)
    for center, first, metric, value in live.values_list("center", "month", "metric", "value"):
        if (center, Month(first)) not in counted:
            found[center, Month(first)][metric] = value
    published = PublishedFact.objects.filter(center__in=centers, month__in=days)
    rows = published.values_list("center", "month", "revision", "metric", "value")
    for center, first, revision, metric, value in rows:
        if revision and counted.get((center, Month(first))) == revision:
            found[center, Month(first)][metric] = value
    return found


def past_figures(center: int, months: Collection[Month]) -> dict[Month, Figures]:
    """Own figures of the months in which a center had to report, and did as far as it had to. Four queries."""
    days = [month.first for month in months]
    expected = MonthCenter.objects.expected().filter(center=center, month__in=days)
    known = {Month(first) for first in expected.values_list("month", flat=True)}
    own = own_figures([center], months)
    return {month: figures for (_center, month), figures in own.items() if month in known}


def revision_figures(center: int, month: Month, revision: int) -> Figures:
    """Figures of one published revision. One query."""
    found = PublishedFact.objects.filter(center=center, month=month.first, revision=revision)
    return dict(found.values_list("metric", "value"))


def live_figures(center: int, month: Month) -> Figures:
    """Figures as the records stand at this moment; what isn't made of records as of the last closing.

    A query a source, and one.
    """
    found: Figures = {}
    for totals in metrics.totals_by_source().values():
        source = totals[0].source
        sums = {metric.code.replace(".", "__"): Sum(value_in(metric), filter=metric.where) for metric in totals}
        rows = source.within(month.starts_at, month.ends_at).filter(**{source.center: center})
        found |= {name.replace("__", "."): value for name, value in rows.aggregate(**sums).items() if value is not None}
    computed = [metric.code for metric in metrics.all_metrics() if isinstance(metric, Computed)]
    kept = Fact.objects.filter(center=center, month=month.first, metric__in=computed)
    return found | dict(kept.values_list("metric", "value"))


def case_of(center_id: int, month: Month, figures: Figures) -> Case:
    """Center and month with all that the rules need of the past. Four queries."""
    months = [month.plus(-n) for n in range(1, PAST_MONTHS + 1)]
    return Case(center_id, month, figures, past_figures(center_id, months))
