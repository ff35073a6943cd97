"""Figures of reports in words, as lines of a page: 8场, 286人次."""

import dataclasses
from collections.abc import Mapping
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from centers.models import Center
from common.months import Month
from stats.choices import PeriodKind, Unit
from stats.domain import metrics
from stats.domain.figure_rules import reported
from stats.domain.metrics import Area, Metric, Total
from stats.selectors.links import figure_url
from stats.values.figure_words import figure_words
from stats.values.numbers import MISSING
from stats.values.periods import Period

ZERO = Decimal(0)
Figures = Mapping[str, Decimal]


@dataclasses.dataclass(frozen=True)
class AreaLine:
    """Line of an area of the report: how many events, how many people; a dash where people aren't counted.

    `url`: the records that it is made of.
    """

    name: Promise
    url: str
    count: str
    people: str
    is_zero: bool


@dataclasses.dataclass(frozen=True)
class DiffLine:
    """Figure in two revisions, in words."""

    name: str
    before: str
    now: str

    @property
    def is_changed(self) -> bool:
        return self.before != self.now


def month_words(month: Month) -> str:
    """2026年10月 / October 2026."""
    return date_format(month.first, "YEAR_MONTH_FORMAT")


def metric_words(metric: Metric) -> str:
    """Name of a metric that stands by itself: its people say of what."""
    if metric.unit == Unit.ATTENDANCES:
        return _("%(area)s, people who came") % {"area": metric.area.name}
    return str(metric.name)


def shown_areas() -> dict[Area, list[Total]]:
    """Open sums by area, those that a report answers for first."""
    found: dict[Area, list[Total]] = {}
    for metric in metrics.all_metrics():
        if isinstance(metric, Total) and metric.is_open:
            found.setdefault(metric.area, []).append(metric)
    return found


def area_lines(figures: Figures, center: Center, month: Month) -> list[AreaLine]:
    """Lines of the figures of a center's own month, one an area."""
    lines, period = [], Period(PeriodKind.MONTH, month)
    for area, own in shown_areas().items():
        counts = [metric for metric in own if metric.value is None]
        people = [metric for metric in own if metric.value is not None]
        lines.append(
            AreaLine(
                area.name,
                f"{figure_url(own[0], center, period)}&own=on",
                _first_words(counts, figures),
                _first_words(people, figures),
                not any(figures.get(metric.code) for metric in own),
            )
        )
    return lines


def _first_words(found: list[Total], figures: Figures) -> str:
    return figure_words(figures.get(found[0].code, ZERO), found[0].unit) if found else MISSING


def diff_lines(before: Figures | None, now: Figures) -> list[DiffLine]:
    """Figures of a revision beside those of the one before; dashes where there was none."""
    return [
        DiffLine(
            metric_words(metric),
            MISSING if before is None else figure_words(before.get(metric.code, ZERO), metric.unit),
            figure_words(now.get(metric.code, ZERO), metric.unit),
        )
        for metric in reported()
        if now.get(metric.code) or (before or {}).get(metric.code)
    ]
