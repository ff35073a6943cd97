"""Open data: the figures of the whole network that are given to everybody, as a page, as CSV and as JSON."""

import dataclasses
from typing import Any

from django.utils.translation import gettext as _

from centers.models import Center, CenterParent
from centers.querysets import CenterQuerySet
from common import clock
from stats.choices import PeriodKind
from stats.domain import metrics as registry
from stats.domain.metrics import Area, Metric
from stats.selectors.baseline import baseline
from stats.selectors.counted import counted_at
from stats.selectors.figures import MISSING, Value, figures_of
from stats.selectors.records import plain
from stats.values.periods import Period

# What the public page offers; a year to date is for those who steer.
OPEN_KINDS = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR)


@dataclasses.dataclass(frozen=True)
class Line:
    """Figure of one metric."""

    metric: Metric
    figure: Value


@dataclasses.dataclass(frozen=True)
class Group:
    """Figures of one area."""

    area: Area
    lines: list[Line]


def open_metrics() -> list[Metric]:
    """Metrics that are given to the public."""
    return [metric for metric in registry.all_metrics() if metric.is_open]


def metrics_by_area() -> list[tuple[Area, list[Metric]]]:
    """All metrics by the area that shows them."""
    found: dict[Area, list[Metric]] = {}
    for metric in registry.all_metrics():
        found.setdefault(metric.area, []).append(metric)
    return list(found.items())


def top_centers() -> CenterQuerySet:
    """Centers above which there is none today and below which there are some, the first in the register first. Lazy."""
    edges = CenterParent.objects.on(clock.today())
    tops = Center.objects.public().exclude(pk__in=edges.values("center")).filter(pk__in=edges.values("parent"))
    return tops.order_by("level__rank", "order", "code")


def top_center() -> Center | None:
    """The center above all others; None of an empty network. One query."""
    return top_centers().first()


def open_page(period: Period) -> dict[str, Any]:
    """Context of the public page. Six queries."""
    center, groups = top_center(), dict[Area, Group]()
    for line in _lines(center, period):
        groups.setdefault(line.metric.area, Group(line.metric.area, [])).lines.append(line)
    return {
        "center": center,
        "groups": list(groups.values()),
        "baseline": baseline(),
        "counted_at": counted_at(period),
        **period_context(period),
    }


def period_context(period: Period) -> dict[str, Any]:
    """The period, those beside it, and the same moment as a month, a quarter and a year."""
    month = period.last_begun
    return {
        "period": period,
        "before": period.before,
        "after": period.after,
        "kinds": [(kind.label, Period.of(kind, month), kind == period.kind) for kind in OPEN_KINDS],
    }


def open_document(period: Period) -> dict[str, Any]:
    """The open figures as JSON carries them; those reported in 2020 stand apart and are in no sum. Six queries."""
    center, at = top_center(), counted_at(period)
    return {
        "center": {"code": center.code, "name": center.name} if center else None,
        "period": str(period),
        "is_over": period.is_over,
        "counted_at": at.astimezone(clock.SHANGHAI).isoformat() if at else None,
        "figures": [_figure_object(line) for line in _lines(center, period)],
        "reported_2020": [
            {
                "key": total.key,
                "name": total.label,
                "count": total.count,
                "unit": total.unit,
                "person_times": total.person_times,
                "person_times_rounded_to": total.precision,
                "as_of": total.as_of,
                "source": total.source,
            }
            for total in baseline()
        ],
    }


def open_sheet(period: Period) -> tuple[list[str], list[list[Any]]]:
    """The same as head and rows of a sheet: the first column says which were recorded here. Six queries."""
    center = top_center()
    head = [
        _("Where from"),
        _("Period"),
        _("Code"),
        _("Metric"),
        _("Figure"),
        _("Unit"),
        _("Rounded to"),
        _("Definition"),
    ]
    rows: list[list[Any]] = [
        [
            _("Recorded here"),
            str(period),
            line.metric.code,
            str(line.metric.name),
            "" if line.figure.value is None else plain(line.figure.value),
            str(line.metric.unit.label),
            "",
            str(line.metric.definition),
        ]
        for line in _lines(center, period)
    ]
    for total in baseline():
        said = [_("Reported in 2020"), total.as_of, total.key]
        rows.append([*said, total.label, total.count, total.unit, "", total.source])
        if total.person_times is not None:
            people = _("{what}, people").format(what=total.label)
            rows.append([*said, people, total.person_times, _("person-times"), total.precision, total.source])
    return head, rows


def _figure_object(line: Line) -> dict[str, Any]:
    value = line.figure.value
    return {
        "metric": line.metric.code,
        "name": str(line.metric.name),
        "value": None if value is None else float(value),
        "unit": line.metric.unit.value,
        "definition": str(line.metric.definition),
        "version": line.metric.version,
        "is_hidden": line.figure.is_hidden,
    }


def _lines(center: Center | None, period: Period) -> list[Line]:
    shown = open_metrics()
    if center is None:
        return [Line(metric, MISSING) for metric in shown]
    found = figures_of([center.pk], period)
    return [Line(metric, found.of(center.pk, metric)) for metric in shown]
