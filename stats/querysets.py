"""Scopes over facts, rollups, centers of a month, and their reports."""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models.expressions import RawSQL

from stats.choices import FINAL, HANDED_IN, TO_SUBMIT, PeriodKind, ReportState
from stats.values.periods import Period

if TYPE_CHECKING:
    # The element types of the querysets.
    from stats.models import CenterReport, Fact, LateChange, MonthCenter, ReopenGrant, Rollup  # noqa: F401


class MonthCenterQuerySet(models.QuerySet["MonthCenter"]):
    def at_end_of(self, period: Period) -> Self:
        """Centers as they stood at the end of a period, of one that is running in its present month."""
        return self.filter(month=period.last_begun.first)

    def expected(self) -> Self:
        """Centers of which a report is expected."""
        return self.filter(not_expected="")

    def not_final(self, period: Period) -> Self:
        """Centers of the months of a period whose expected report may still change: neither locked nor missing."""
        final = apps.get_model("stats", "CenterReport").objects.filter(
            month=models.OuterRef("month"), center=models.OuterRef("center"), state__in=FINAL
        )
        placed = self.expected().filter(month__gte=period.first.first, month__lte=period.last.first)
        return placed.filter(~models.Exists(final))

    def below(self, node: int) -> Self:
        """Centers that stood under a node, itself included."""
        return self.filter(lineage__contains=[node])

    def right_below(self, node: int) -> Self:
        """Centers that stood directly under a node."""
        return self.right_below_any([node])

    def right_below_any(self, nodes: Any) -> Self:
        """Centers that stood directly under one of these nodes."""
        parent = RawSQL("lineage[cardinality(lineage) - 1]", (), output_field=models.BigIntegerField())
        return self.annotate(parent=parent).filter(parent__in=nodes)


class FactQuerySet(models.QuerySet["Fact"]):
    def within(self, period: Period) -> Self:
        """Facts of the months of a period."""
        return self.filter(month__gte=period.first.first, month__lte=period.last.first)

    def below(self, node: int) -> Self:
        """Facts of the centers that stood under a node in their month, itself included."""
        return self.filter(lineage__contains=[node])


class RollupQuerySet(models.QuerySet["Rollup"]):
    def monthly(self, first: dt.date, last: dt.date, nodes: Collection[int]) -> Self:
        """Monthly rows of nodes, from the month of `first` to that of `last`."""
        return self.filter(kind=PeriodKind.MONTH, node__in=nodes, month__gte=first, month__lte=last)

    def sets_of(self, period: Period) -> Self:
        """Rows of a period of metrics that aren't added from months."""
        return self.filter(kind=period.kind, month=period.key, n_records=0)

    def of_period(self, period: Period, nodes: Collection[int]) -> Self:
        """Rows of nodes for a period, of metrics that are kept by period."""
        return self.filter(kind=period.kind, month=period.key, node__in=nodes)


class ReportQuerySet(models.QuerySet["CenterReport"]):
    def of_month(self, month: dt.date) -> Self:
        return self.filter(month=month)

    def to_submit(self) -> Self:
        """Reports that their center has to submit."""
        return self.filter(state__in=TO_SUBMIT)

    def handed_in(self) -> Self:
        """Reports that were submitted and not returned."""
        return self.filter(state__in=HANDED_IN)

    def settled(self) -> Self:
        """Reports whose figures no change of a record moves: approved or locked."""
        return self.filter(state__in=(ReportState.APPROVED, ReportState.LOCKED))


class GrantQuerySet(models.QuerySet["ReopenGrant"]):
    def running(self) -> Self:
        """Grants under which a month stands open."""
        return self.filter(ended_at__isnull=True)


class LateChangeQuerySet(models.QuerySet["LateChange"]):
    def undecided(self) -> Self:
        return self.filter(disposition="")
