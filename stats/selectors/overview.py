"""Overview of a center and what stands below it: cards of the areas, a ranked table, twelve months, and their trust."""

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from centers.models import Center
from common.months import Month
from stats.choices import PeriodKind, ReportState, Unit
from stats.domain import metrics
from stats.domain.metrics import Area, Metric, Share, Total
from stats.models import CenterReport, Fact, LateChange, MonthCenter, ReportingMonth, Rollup
from stats.selectors.counted import counted_at
from stats.selectors.figures import Comparison, Figure, comparable, comparison
from stats.selectors.links import figure_url, overview_url
from stats.selectors.ranking import PER_CENT, Row, rank_among_peers, right_below, rows_of, share_of
from stats.selectors.weeks import week_of
from stats.values.periods import YEAR, Period


@dataclasses.dataclass(frozen=True)
class Card:
    """Card of an area: its first figure large, the others under it."""

    area: Area
    main: Figure
    others: list[Figure]

    @property
    def people(self) -> Figure | None:
        """The people who came, which need no name under their count."""
        first = self.others[0] if self.others else None
        return first if first and first.metric.unit == Unit.ATTENDANCES else None


@dataclasses.dataclass(frozen=True)
class MonthRow:
    """A month of the last twelve beside the same of the year before, with the share of the largest of them."""

    month: Month
    value: Decimal | None
    year_before: Decimal | None
    share: int
    share_before: int
    url: str


@dataclasses.dataclass(frozen=True)
class Trust:
    """Line of what speaks for the figures: its value in words, and the percent of its meter, if it has one."""

    words: str
    shown: str
    percent: int | None = None
    note: str = ""
    url: str = ""


def overview_page(center: Center, period: Period, *, area: str = "", same_centers: bool = False) -> dict[str, Any]:
    """Context of the overview of a center. `area`: code of the area whose table and months are shown.

    A constant number of queries, whatever stands below.
    """
    below = right_below(center, period)
    nodes = [center.pk, *(one.pk for one in below)]
    found = comparable(center.pk, nodes, period) if same_centers else comparison(nodes, period)
    cards = _cards(center, found, period)
    shown = next((card.area for card in cards if card.area.code == area), cards[0].area)
    columns = _columns(shown)
    rows = rows_of(below, columns, found, period)
    return {
        "center": center,
        "period": period,
        "cards": cards,
        "main_card": next(card for card in cards if card.area == shown),
        "rows": rows,
        "leader": _leader(rows),
        "total": [found.of(center.pk, metric, figure_url(metric, center, period)) for metric in columns],
        "own": _own(center, columns, period) if below else [],
        "months": _months(center, columns[-1], period),
        "trust": [_checked_in(center, found), *_records(center, period), *_reports(center, period)],
        "is_final": not MonthCenter.objects.not_final(period).below(center.pk).exists(),
        "weeks": [week_of(center.pk, metric, period) for metric in metrics.of_week()],
        "rank": rank_among_peers(center, columns[-1], period),
        "as_of": counted_at(period),
    }


def cards_of(center: Center, period: Period) -> list[Card]:
    """Cards of a center for a period. Nine queries at most."""
    return _cards(center, comparison([center.pk], period), period)


def _cards(center: Center, found: Comparison, period: Period) -> list[Card]:
    by_area: dict[Area, list[Figure]] = {}
    for metric in metrics.all_metrics():
        if metric.unit != Unit.MINUTES:
            figure = found.of(center.pk, metric, figure_url(metric, center, period))
            by_area.setdefault(metric.area, []).append(figure)
    return [Card(area, main, others) for area, (main, *others) in by_area.items()]


def _columns(area: Area) -> list[Metric]:
    """The metrics of an area that its table shows: the count, and the people where they are counted."""
    of_area = [metric for metric in metrics.all_metrics() if metric.area == area]
    people = [metric for metric in of_area[1:] if metric.unit == Unit.ATTENDANCES or isinstance(metric, Share)]
    return [of_area[0], *people[:1]]


def _leader(rows: list[Row]) -> Row | None:
    """The center whose figure grew or fell most against the period before; None where none did."""
    changed = [row for row in rows if row.last.change.difference]
    return max(changed, key=lambda row: abs(row.last.change.difference or Decimal(0)), default=None)


def _own(center: Center, columns: list[Metric], period: Period) -> list[Decimal | None]:
    """Figures of the center itself, without those below it; None where nothing can be taken apart. One query."""
    facts = Fact.objects.within(period).filter(center=center, metric__in=[metric.code for metric in columns])
    sums = dict(facts.values_list("metric").annotate(sum=Sum("value")).order_by())
    return [sums.get(metric.code, Decimal(0)) if metric.is_additive else None for metric in columns]


def _months(center: Center, metric: Metric, period: Period) -> list[MonthRow]:
    """The twelve months up to the last of the period that has begun. Two queries."""
    months = [period.last_begun.plus(n - YEAR + 1) for n in range(YEAR)]
    since = months[0].plus(-YEAR)
    kept = set(ReportingMonth.objects.filter(month__gte=since.first).values_list("month", flat=True))
    rows = Rollup.objects.monthly(since.first, months[-1].first, [center.pk]).filter(metric=metric.code)
    values: dict[dt.date, Decimal | None] = dict(rows.values_list("month", "value"))

    def value_in(month: Month) -> Decimal | None:
        nothing = Decimal(0) if metric.is_additive else None
        return values.get(month.first, nothing) if month.first in kept else None

    found = [(month, value_in(month), value_in(month.plus(-YEAR))) for month in months]
    largest = max((value for _month, *both in found for value in both if value), default=Decimal(0))
    return [
        MonthRow(
            month,
            now,
            before,
            share_of(now, largest),
            share_of(before, largest),
            overview_url(center, Period(PeriodKind.MONTH, month), area=metric.area.code),
        )
        for month, now, before in found
    ]


def _checked_in(center: Center, found: Comparison) -> Trust:
    """Part of the people at activities that were checked in or counted at the door."""

    def value_of(code: str) -> Decimal:
        metric = metrics.find(code)
        return (found.now.of(center.pk, metric).value if metric else None) or Decimal(0)

    whole, part = value_of("activity.people"), value_of("activity.checked_in") + value_of("activity.door_count")
    percent = int(part * PER_CENT / whole) if whole else None
    return Trust(_("People checked in or counted at the door"), "—" if percent is None else f"{percent}%", percent)


def _records(center: Center, period: Period) -> list[Trust]:
    """Centers with a record of any kind, of those that are expected to report. Two queries."""
    placed = MonthCenter.objects.at_end_of(period).expected().below(center.pk)
    counting = [metric.code for metric in metrics.all_metrics() if isinstance(metric, Total) and metric.value is None]
    counted = Fact.objects.within(period).below(center.pk).filter(metric__in=counting)
    all_, some = placed.count(), placed.filter(center__in=counted.values("center")).count()
    note = _("{n} without any record").format(n=all_ - some) if some < all_ else ""
    return [Trust(_("Centers with records"), f"{some}/{all_}", some * PER_CENT // all_ if all_ else None, note)]


def _reports(center: Center, period: Period) -> list[Trust]:
    """Reports of a month that are locked, of those that are expected, and late changes to decide. Three queries."""
    if period.kind != PeriodKind.MONTH:
        return []
    placed = MonthCenter.objects.at_end_of(period).expected().below(center.pk).values("center")
    reports = CenterReport.objects.of_month(period.last.first).filter(center__in=placed)
    states = dict(reports.values_list("state").annotate(n=Count("pk")).order_by())
    if not states:
        return []
    locked, all_ = states.get(ReportState.LOCKED, 0), sum(states.values())
    others = [
        _("{state} {n}").format(state=state.label, n=states[state])
        for state in ReportState
        if state in states and state != ReportState.LOCKED
    ]
    url = f"{reverse('stats:review_list', args=[period.last])}?{urlencode({'center': center.code})}"
    found = [Trust(_("Reports locked"), f"{locked}/{all_}", locked * PER_CENT // all_, _(", ").join(others), url)]
    late = LateChange.objects.undecided().filter(month=period.last.first, center__in=placed).count()
    if late:
        found.append(Trust(_("Changed after approval, to decide"), str(late), url=url))
    return found
