"""Kinds of period, units of figures, states of reports, and the steps of a closing."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

HOURS = 7 * 24  # of a week


class PeriodKind(models.TextChoices):
    MONTH = "month", pgettext_lazy("period", "Month")
    QUARTER = "quarter", pgettext_lazy("period", "Quarter")
    YEAR = "year", pgettext_lazy("period", "Year")
    TO_DATE = "to_date", _("Year to date")
    ALL = "all", _("All time")


class Unit(models.TextChoices):
    """Units of the article, and of what is reckoned from them."""

    SESSIONS = "sessions", pgettext_lazy("unit", "sessions")  # 场
    TIMES = "times", pgettext_lazy("unit", "times")  # 次
    BATCHES = "batches", pgettext_lazy("unit", "batches")  # 批次
    CHECKS = "checks", pgettext_lazy("unit", "checks")  # 场次
    ATTENDANCES = "attendances", pgettext_lazy("unit", "attendances")  # 人次
    PEOPLE = "people", pgettext_lazy("unit", "people")  # 人
    MINUTES = "minutes", pgettext_lazy("unit", "minutes")
    HOURS = "hours", pgettext_lazy("unit", "hours")
    PERCENT = "percent", "%"
    POINTS = "points", pgettext_lazy("unit", "points")


class NotExpected(models.TextChoices):
    """Reasons why no report is expected of a center for a month; blank where one is."""

    NOT_OPEN = "not_open", _("Open on fewer than 15 days")
    SUSPENDED = "suspended", _("Suspended")
    PLANNED = "planned", _("Not opened yet")
    CLOSED = "closed", _("Closed")


class RunState(models.TextChoices):
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class ReportState(models.TextChoices):
    """States of a center's report of a month."""

    OPEN = "open", pgettext_lazy("report", "To submit")
    SUBMITTED = "submitted", pgettext_lazy("report", "Submitted")
    UNDER_REVIEW = "under_review", pgettext_lazy("report", "Under review")
    RETURNED = "returned", pgettext_lazy("report", "Returned")
    APPROVED = "approved", pgettext_lazy("report", "Approved")
    LOCKED = "locked", pgettext_lazy("report", "Locked")
    MISSING = "missing", pgettext_lazy("report", "Not reported")
    REOPENED = "reopened", pgettext_lazy("report", "Reopened")


# The center may submit; it waits for the town or the city; it was submitted and that counts; nobody waits for it.
TO_SUBMIT = (ReportState.OPEN, ReportState.RETURNED, ReportState.REOPENED)
IN_REVIEW = (ReportState.SUBMITTED, ReportState.UNDER_REVIEW)
HANDED_IN = (*IN_REVIEW, ReportState.APPROVED, ReportState.LOCKED)
# Nothing of it changes any more, unless it is reopened.
FINAL = (ReportState.LOCKED, ReportState.MISSING)
REPORT_TONES = {
    ReportState.OPEN: "",
    ReportState.SUBMITTED: "warn",
    ReportState.UNDER_REVIEW: "warn",
    ReportState.RETURNED: "bad",
    ReportState.APPROVED: "ok",
    ReportState.LOCKED: "ok",
    ReportState.MISSING: "bad",
    ReportState.REOPENED: "warn",
}


class Severity(models.TextChoices):
    """Consequences of a rule that a report breaks, and that of one that couldn't be tried."""

    BLOCKS = "blocks", pgettext_lazy("rule", "Blocks")
    EXPLAIN = "explain", pgettext_lazy("rule", "To explain")
    SKIPPED = "skipped", pgettext_lazy("rule", "Not checked")


class Disposition(models.TextChoices):
    """Decisions on a late change; blank while nobody has decided."""

    REVISE = "revise", pgettext_lazy("late change", "Revise")
    WAIVE = "waive", pgettext_lazy("late change", "Leave as reported")
