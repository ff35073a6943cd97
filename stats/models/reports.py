"""Reports of centers by month, with their events, what the rules found, and grants to reopen one."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from centers.models import Center
from common import clock
from common.months import Month
from stats.choices import HANDED_IN, REPORT_TONES, TO_SUBMIT, ReportState, Severity
from stats.models import triggers
from stats.querysets import GrantQuerySet, ReportQuerySet
from stats.values.deadlines import Deadlines

REPORT_ONCE = "report_once_a_month"
LONGEST_REASON = 300
IN_REVIEW_OR_APPROVED = tuple(state for state in HANDED_IN if state != ReportState.LOCKED)


def _counts_what_its_state_says() -> Q:
    """Condition: each state with the revision that counts in it. Null is said to be none, or it would pass."""
    counted = Q(counted_revision__isnull=False)
    never_locked = Q(state__in=TO_SUBMIT, locked_revision=0)
    return (
        (counted & Q(state__in=IN_REVIEW_OR_APPROVED, revision__gte=1, counted_revision=F("revision")))
        | (counted & Q(state=ReportState.LOCKED, locked_revision__gte=1, counted_revision=F("locked_revision")))
        | (counted & Q(state=ReportState.MISSING, locked_revision=0, counted_revision=0))
        | (counted & Q(state__in=TO_SUBMIT, locked_revision__gte=1, counted_revision=F("locked_revision")))
        | (counted & never_locked & Q(counted_revision=0))
        | (never_locked & Q(counted_revision__isnull=True))
    )


class CenterReport(models.Model):
    """Report of a center for a month: its state, and which revision of its figures counts.

    `revision`: the latest that was submitted, 0 before the first. `locked_revision`: the latest that was locked.
    `counted_revision`: the one that totals are made of; null: the live records; 0: nothing, for what wasn't reported is
    not 0. `version` grows with every step, so that nobody decides on what has changed meanwhile.
    """

    month = models.DateField()
    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="reports")
    state = models.CharField(max_length=12, choices=ReportState.choices, default=ReportState.OPEN)
    revision = models.PositiveIntegerField(default=0)
    locked_revision = models.PositiveIntegerField(default=0)
    counted_revision = models.PositiveIntegerField(null=True)
    first_submitted_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    locked_at = models.DateTimeField(null=True)
    # Of the first locked revision; until one is locked, of the latest submission.
    on_time = models.BooleanField(null=True)
    version = models.PositiveIntegerField(default=0)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "center"]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [triggers.locked_stays]
        constraints = [
            models.UniqueConstraint(fields=["month", "center"], name=REPORT_ONCE),
            models.CheckConstraint(condition=Q(month__day=1), name="report_month_is_a_month"),
            # That the state is one of those there are is part of it.
            models.CheckConstraint(condition=_counts_what_its_state_says(), name="report_counts_what_its_state_says"),
            models.CheckConstraint(
                condition=Q(state__in=TO_SUBMIT)
                | Q(state=ReportState.MISSING)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="report_submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(ReportState.APPROVED, ReportState.LOCKED))
                | (Q(approved_by__isnull=False) & ~Q(approved_by=F("submitted_by"))),
                name="report_approved_by_another",
            ),
        ]
        indexes = [models.Index(fields=["center", "month"], name="report_of_center")]

    def __str__(self) -> str:
        return f"{self.center_id} {self.month:%Y-%m} {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("stats:report_detail", args=[self.center.code, str(self.of_month)])

    @property
    def of_month(self) -> Month:
        return Month(self.month)

    @property
    def deadlines(self) -> Deadlines:
        return Deadlines(self.of_month)

    @property
    def tone(self) -> str:
        return REPORT_TONES[ReportState(self.state)]

    @property
    def is_begun(self) -> bool:
        """Whether there is a row of it: a month that nobody has opened yet is shown as well."""
        return self.pk is not None

    @property
    def is_to_submit(self) -> bool:
        return self.state in TO_SUBMIT

    @property
    def is_late(self) -> bool:
        """Whether it is still to be submitted and its deadline has passed."""
        return self.state in TO_SUBMIT and self.deadlines.due_at <= clock.now()


class ReportEvent(models.Model):
    """Event of a report: who moved which revision from which state to which, when, and why."""

    append_only = True

    report = models.ForeignKey(CenterReport, on_delete=models.PROTECT, related_name="events")
    revision = models.PositiveIntegerField()
    from_state = models.CharField(max_length=12, choices=ReportState.choices, blank=True)
    to_state = models.CharField(max_length=12, choices=ReportState.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.to_state}"


class RuleHit(models.Model):
    """Finding of a rule when a revision was submitted, with the explanation that its center gave.

    `params`: what its words are made of, in the reader's language.
    """

    append_only = True

    report = models.ForeignKey(CenterReport, on_delete=models.PROTECT, related_name="hits")
    revision = models.PositiveIntegerField()
    rule = models.CharField(max_length=8)
    severity = models.CharField(max_length=8, choices=Severity.choices)
    params = models.JSONField(default=dict)
    explanation = models.CharField(max_length=LONGEST_REASON, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "revision", "rule"], name="rule_hit_once_a_revision"),
            models.CheckConstraint(
                condition=Q(severity=Severity.SKIPPED) | (Q(severity=Severity.EXPLAIN) & ~Q(explanation="")),
                name="rule_hit_explained_or_skipped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} of {self.report_id}"


class ReopenGrant(models.Model):
    """Grant to submit a locked or missing month of one center anew, until `expires_at`. `from_state`: what it was."""

    report = models.ForeignKey(CenterReport, on_delete=models.PROTECT, related_name="grants")
    from_state = models.CharField(max_length=12, choices=ReportState.choices)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=LONGEST_REASON)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    # Since when it opens nothing any more: submitted and locked again, expired or revoked.
    ended_at = models.DateTimeField(null=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("at")), name="grant_expires_after_it_was_given"),
            models.CheckConstraint(condition=~Q(reason=""), name="grant_has_reason"),
            models.UniqueConstraint(fields=["report"], name="grant_once_at_a_time", condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"grant of {self.report_id} until {self.expires_at:%Y-%m-%d}"
