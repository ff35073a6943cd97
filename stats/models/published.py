"""Published figures: snapshots of a center's figures and records made when a report is submitted, and late changes."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from stats.choices import Disposition
from stats.models import triggers
from stats.models.reports import LONGEST_REASON
from stats.querysets import LateChangeQuerySet


class PublishedFact(models.Model):
    """Figure of one metric as a center submitted it with a revision of its month's report."""

    append_only = True

    month = models.DateField()
    center = models.ForeignKey("centers.Center", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    revision = models.PositiveIntegerField()
    metric = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=18, decimal_places=2)
    n_records = models.PositiveIntegerField()
    source_hash = models.DecimalField(max_digits=40, decimal_places=0)
    lineage = ArrayField(models.BigIntegerField())
    at = models.DateTimeField()
    pk = models.CompositePrimaryKey("month", "center", "revision", "metric")

    class Meta:
        triggers: ClassVar[list[pgtrigger.Trigger]] = [triggers.published_stays]

    def __str__(self) -> str:
        return f"{self.metric} of {self.center_id} in {self.month:%Y-%m}, revision {self.revision}"


class PublishedRecord(models.Model):
    """Record behind a published figure, with the value it counted with, whatever became of the record since."""

    append_only = True

    month = models.DateField()
    center = models.ForeignKey("centers.Center", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    revision = models.PositiveIntegerField()
    metric = models.CharField(max_length=40)
    source = models.CharField(max_length=40)
    record = models.BigIntegerField()
    value = models.DecimalField(max_digits=18, decimal_places=2)
    pk = models.CompositePrimaryKey("month", "center", "revision", "metric", "record")

    class Meta:
        triggers: ClassVar[list[pgtrigger.Trigger]] = [triggers.published_stays]

    def __str__(self) -> str:
        return f"{self.source} {self.record} in {self.metric} of {self.center_id} in {self.month:%Y-%m}"


class LateChange(models.Model):
    """Change of a record after its month was approved: what it counts with there, and what it would count with now.

    Null where the record isn't part of the figure. The published figure stays; the city decides.
    """

    month = models.DateField()
    center = models.ForeignKey("centers.Center", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    revision = models.PositiveIntegerField()
    metric = models.CharField(max_length=40)
    source = models.CharField(max_length=40)
    record = models.BigIntegerField()
    before = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    after = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    found_at = models.DateTimeField()
    disposition = models.CharField(max_length=8, choices=Disposition.choices, blank=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = LateChangeQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(disposition="", reason="", decided_by__isnull=True, decided_at__isnull=True)
                | (
                    Q(disposition__in=Disposition.values, decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(reason="")
                ),
                name="late_change_decided_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(before__isnull=True, after__isnull=False)
                | Q(before__isnull=False, after__isnull=True)
                | (Q(before__isnull=False, after__isnull=False) & ~Q(before=F("after"))),
                name="late_change_changes_something",
            ),
            models.UniqueConstraint(
                fields=["month", "center", "revision", "metric", "record"],
                name="late_change_once_undecided",
                condition=Q(disposition=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} of {self.center_id} in {self.month:%Y-%m}: {self.before} to {self.after}"
