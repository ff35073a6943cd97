"""Months that are reported for, and the runs that close them."""

from django.db import models
from django.db.models import Q

from stats.choices import RunState


class ReportingMonth(models.Model):
    """Month that figures are kept for, by its first day. `frozen_at`: since when its centers stay as they stood.

    `opened_at`: since when its reports are asked for; null for months before reporting began.
    """

    month = models.DateField(primary_key=True)
    frozen_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["month"]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class ClosingRun(models.Model):
    """Run of a closing: of which months, how far it is, and how many rows it changed."""

    first = models.DateField()
    last = models.DateField()
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.RUNNING)
    step = models.CharField(max_length=60, blank=True)
    done = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    # The last moment at which the figures were found to be those of the records.
    as_of = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="closing_run_state_known"),
            models.CheckConstraint(
                condition=Q(state=RunState.RUNNING, finished_at__isnull=True)
                | (~Q(state=RunState.RUNNING) & Q(finished_at__isnull=False)),
                name="closing_run_finished_has_moment",
            ),
        ]
        indexes = [models.Index(fields=["last", "-id"], name="closing_run_of_month")]

    def __str__(self) -> str:
        return f"closing of {self.first:%Y-%m} to {self.last:%Y-%m}"
