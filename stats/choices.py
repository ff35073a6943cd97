"""Kinds of period, units of figures, and the steps of a closing."""

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
