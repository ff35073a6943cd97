"""Scopes over facts, rollups and centers of a month."""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models.expressions import RawSQL

from stats.choices import PeriodKind
from stats.values.periods import Period

if TYPE_CHECKING:
    from stats.models import Fact, MonthCenter, Rollup  # noqa: F401 (the element types of the querysets)


class MonthCenterQuerySet(models.QuerySet["MonthCenter"]):
    def expected(self) -> Self:
        """Centers of which a report is expected."""
        return self.filter(not_expected="")

    def below(self, node: int) -> Self:
        """Centers that stood under a node, itself included."""
        return self.filter(lineage__contains=[node])

    def right_below(self, node: int) -> Self:
        """Centers that stood directly under a node."""
        parent = RawSQL("lineage[cardinality(lineage) - 1]", ())
        return self.annotate(parent=parent).filter(parent=node)


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

    def of_period(self, period: Period, nodes: Collection[int]) -> Self:
        """Rows of nodes for a period, of metrics that are kept by period."""
        return self.filter(kind=period.kind, month=period.key, node__in=nodes)
