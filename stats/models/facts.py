"""Facts and what is made of them: figures of a center and month, of a node of the tree, and centers as they stood."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from stats.choices import HOURS, NotExpected, PeriodKind
from stats.querysets import FactQuerySet, MonthCenterQuerySet, RollupQuerySet

# The keys of centers carry no constraint here: the statements that write these tables take them from the tree itself,
# and a check a row would be a third of a closing.


class MonthCenter(models.Model):
    """Center as it stood at the end of a month: `lineage` are the ids from the root down to itself.

    `not_expected`: why no report is expected of it for this month; blank where one is. Rows of a month that is over
    stay as they are (`ReportingMonth.frozen_at`), whatever becomes of the tree.
    """

    month = models.DateField()
    center = models.ForeignKey("centers.Center", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    lineage = ArrayField(models.BigIntegerField())
    not_expected = models.CharField(max_length=10, choices=NotExpected.choices, blank=True)
    pk = models.CompositePrimaryKey("month", "center")

    objects = MonthCenterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(not_expected="") | Q(not_expected__in=NotExpected.values), name="month_center_reason_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.center_id} in {self.month:%Y-%m}"


class Fact(models.Model):
    """Figure of one metric, center and month, of the center's own records; no row where there is none.

    `source_hash` changes with any of the `n_records` records and their values. The table is partitioned by month
    (migration 0001): Django knows no partitions.
    """

    month = models.DateField()
    center = models.ForeignKey("centers.Center", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    metric = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=18, decimal_places=2)
    n_records = models.PositiveIntegerField()
    source_hash = models.DecimalField(max_digits=40, decimal_places=0)
    lineage = ArrayField(models.BigIntegerField())
    pk = models.CompositePrimaryKey("month", "center", "metric")

    objects = FactQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.metric} of {self.center_id} in {self.month:%Y-%m}"


class Rollup(models.Model):
    """Figure of one metric, node of the tree and period; `month` is the period's last one, of all time its first.

    Additive metrics have a row a month, from which longer periods are added when read. Metrics of sets have one a
    period, with `part` and `whole` where they are shares.
    """

    kind = models.CharField(max_length=8, choices=PeriodKind.choices)
    month = models.DateField()
    node = models.ForeignKey("centers.Center", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    metric = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    part = models.PositiveIntegerField(null=True)
    whole = models.PositiveIntegerField(null=True)
    n_records = models.PositiveIntegerField(default=0, db_default=0)
    pk = models.CompositePrimaryKey("kind", "month", "node", "metric")

    objects = RollupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(part__isnull=True, whole__isnull=True) | Q(part__lte=models.F("whole")),
                name="rollup_share_within_whole",
            ),
        ]
        indexes = [models.Index(fields=["node", "kind", "month"], name="rollup_of_node")]

    def __str__(self) -> str:
        return f"{self.metric} of {self.node_id} in {self.kind} {self.month:%Y-%m}"


class WeekProfile(models.Model):
    """Shares of one metric by hour of the week, of a node and month: parts and wholes from Monday, 0:00 on."""

    month = models.DateField()
    node = models.ForeignKey("centers.Center", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    metric = models.CharField(max_length=40)
    parts = ArrayField(models.PositiveIntegerField(), size=HOURS)
    wholes = ArrayField(models.PositiveIntegerField(), size=HOURS)
    pk = models.CompositePrimaryKey("month", "node", "metric")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(parts__len=HOURS, wholes__len=HOURS), name="week_profile_is_a_week"),
        ]

    def __str__(self) -> str:
        return f"{self.metric} of {self.node_id} in {self.month:%Y-%m}"
