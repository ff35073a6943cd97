"""Records that a center's own figure is made of."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, QuerySet, Sum
from django.utils.translation import gettext as _

from common import clock
from stats.domain.metrics import Metric, Shown, Total
from stats.domain.statements import value_in
from stats.selectors.parts import NONE, Parts
from stats.values.periods import Period


@dataclasses.dataclass(frozen=True)
class RecordRow:
    """Record as a list shows it: the day it counts on, how it is shown, and what it adds."""

    day: dt.date
    shown: Shown
    value: Decimal


def records_of(metric: Total, center: int, period: Period) -> QuerySet[Any]:
    """Records of a center that its own figure is counted from, with `figure_at` and `figure_value`. Lazy."""
    source = metric.source
    found = source.within(period.starts_at, period.ends_at).filter(metric.where, **{source.center: center})
    counted = found.annotate(figure_at=F(source.at), figure_value=value_in(metric))
    related = counted.select_related(*source.related) if source.related else counted
    return related.order_by("figure_at", "pk")


def record_rows(metric: Total, records: Iterable[Any]) -> Iterator[RecordRow]:
    """Rows of a list, in the records' order. No query."""
    for record in records:
        yield RecordRow(clock.local(record.figure_at).date(), metric.source.show(record), record.figure_value)


def sum_of(records: QuerySet[Any]) -> tuple[Decimal, int]:
    """Sum of the records and their number, at this moment. One query."""
    found = records.aggregate(value=Sum("figure_value"), number=Count("pk"))
    return found["value"] or NONE, found["number"]


def records_sheet(metric: Total, records: QuerySet[Any]) -> tuple[list[str], list[list[Any]]]:
    """Head and rows of the records as a sheet, the sum last. One query."""
    rows = list(record_rows(metric, records))
    body: list[list[Any]] = [[str(row.day), row.shown.title, row.shown.note, plain(row.value)] for row in rows]
    total = sum((row.value for row in rows), NONE)
    head = [_("Day"), _("What was recorded"), _("Note"), f"{metric.name} ({metric.unit.label})"]
    return head, [*body, ["", _("Sum"), "", plain(total)]]


def parts_sheet(metric: Metric, parts: Parts) -> tuple[list[str], list[list[Any]]]:
    """Head and rows of a figure's parts as a sheet, the sum last. No query."""
    head = [_("Center's code"), _("Center"), _("Note"), f"{metric.name} ({metric.unit.label})", _("Records")]
    rows: list[list[Any]] = [["", _("Its own records"), "", plain(parts.own.value), parts.own.n_records]]
    rows += [
        [row.center.code, row.center.name, row.not_expected, plain(row.value), row.n_records] for row in parts.below
    ]
    return head, [*rows, ["", _("Sum"), "", plain(parts.total), parts.n_records]]


def plain(value: Decimal) -> Decimal | int:
    """Number as a sheet gets it: no decimals where there are none."""
    return int(value) if value == value.to_integral_value() else value
