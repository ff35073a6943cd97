"""Opening hours of centers: weekly hours, special days, closures and the city calendar."""

from typing import Any, ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from centers.choices import CalendarMark, DayKind
from centers.models.network import Center
from centers.models.snapshot_version import renews_version
from centers.values.opening import END_OF_DAY, closing_text

CLOSES_AFTER_OPENING = Q(closes__gt=F("opens")) | Q(closes=END_OF_DAY)


@pghistory.track(model_name="WeeklyHoursHistory")
class WeeklyHours(models.Model):
    """Weekly opening hours: one stretch of opening on one kind of day.

    A center with any row has its own week; one without takes its parent's whole.
    """

    center = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="weekly_hours")
    day_kind = models.CharField(_("Day"), max_length=10, choices=DayKind.choices)
    opens = models.TimeField(_("Opens"))
    closes = models.TimeField(_("Closes"))

    class Meta:
        ordering = ["center", "day_kind", "opens"]
        constraints = [
            models.CheckConstraint(condition=CLOSES_AFTER_OPENING, name="hours_close_after_opening"),
            models.UniqueConstraint(fields=["center", "day_kind", "opens"], name="hours_once_a_day"),
        ]
        triggers: ClassVar[list[Any]] = [*renews_version("network")]

    def __str__(self) -> str:
        return f"{self.day_kind} {self.opens:%H:%M}–{closing_text(self.closes)}"


@pghistory.track(model_name="SpecialDayHistory")
class SpecialDay(models.Model):
    """Other hours on one date (none: shut), for a center and all below it that have no nearer special day."""

    center = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="special_days")
    day = models.DateField(_("Date"))
    opens = models.TimeField(_("Opens"), null=True, blank=True)
    closes = models.TimeField(_("Closes"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=80, blank=True)

    class Meta:
        ordering = ["day", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True)
                | (Q(opens__isnull=False, closes__isnull=False) & CLOSES_AFTER_OPENING),
                name="special_day_is_hours_or_shut",
            ),
            models.UniqueConstraint(fields=["center", "day", "opens"], name="special_day_once", nulls_distinct=False),
        ]
        triggers: ClassVar[list[Any]] = [*renews_version("network")]

    def __str__(self) -> str:
        return f"{self.center_id} {self.day}"


@pghistory.track(model_name="ClosureHistory")
class Closure(models.Model):
    """A center and all below it are shut from `starts_at` to `ends_at`, whatever the hours say."""

    center = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="closures")
    starts_at = models.DateTimeField(_("From"))
    ends_at = models.DateTimeField(_("Until"))
    reason = models.CharField(_("Reason"), max_length=80)

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="closure_ends_after_start")]
        triggers: ClassVar[list[Any]] = [*renews_version("network")]

    def __str__(self) -> str:
        return f"{self.center_id} {self.starts_at} {self.reason}"


@pghistory.track(model_name="CalendarOverrideHistory")
class CalendarOverride(models.Model):
    """A date that is another kind of day than the national calendar says, for a center and all below it.

    The nearest wins.
    """

    center = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="calendar_overrides")
    day = models.DateField(_("Date"))
    mark = models.CharField(_("Kind of day"), max_length=10, choices=CalendarMark.choices)
    name = models.CharField(_("Name"), max_length=40, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["center", "day"], name="calendar_override_once")]
        triggers: ClassVar[list[Any]] = [*renews_version("network")]

    def __str__(self) -> str:
        return f"{self.day} {self.mark}"


@pghistory.track(model_name="CalendarYearHistory")
class CalendarYear(models.Model):
    """A year whose calendar is complete for a center and all below it.

    A date without an override is what it would be without a notice.

    Overrides alone don't say so: one may be entered long before the State Council's notice, and the others after it.
    """

    center = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="calendar_years")
    year = models.PositiveSmallIntegerField(_("Year"))

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["center", "year"], name="calendar_year_once"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lt=2100), name="calendar_year_in_reach"),
        ]
        triggers: ClassVar[list[Any]] = [*renews_version("network")]

    def __str__(self) -> str:
        return f"{self.center_id} {self.year}"
