"""Themes that activities are held under, with their days, and campaigns that they are part of."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activities.querysets import CampaignQuerySet, ThemeQuerySet
from common.i18n.bilingual import in_page_language

THEME_ONCE, CAMPAIGN_ONCE = "theme_name_once", "campaign_name_once"
DAY_OF_YEAR = r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


@pghistory.track(model_name="ThemeHistory")
class Theme(models.Model):
    """Theme of activities: a festival (主题节日), or one without days of its own.

    `yearly_from`, `yearly_until`: month and day (`03-05`) where they are the same each year; else `days` of each year.
    """

    # Names one that the product ships, so that it is added once, whatever people made of it.
    key = models.SlugField(max_length=40, blank=True, editable=False)
    name = models.CharField(_("Name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    yearly_from = models.CharField(_("First day, each year"), max_length=5, blank=True)
    yearly_until = models.CharField(_("Last day, each year"), max_length=5, blank=True)
    is_active = models.BooleanField(_("Can be chosen"), default=True, db_default=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["yearly_from", "id"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name=THEME_ONCE),
            models.UniqueConstraint(fields=["key"], name="theme_key_once", condition=~Q(key="")),
            models.CheckConstraint(
                condition=Q(yearly_from="") | Q(yearly_from__regex=DAY_OF_YEAR), name="theme_from_is_a_day"
            ),
            models.CheckConstraint(
                condition=Q(yearly_until="") | Q(yearly_from__lte=F("yearly_until"), yearly_until__regex=DAY_OF_YEAR),
                name="theme_until_not_before_from",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """Name in the language of the page."""
        return in_page_language(self.name, self.name_en)


@pghistory.track(model_name="ThemeDaysHistory")
class ThemeDays(models.Model):
    """Days of a theme in one year, both included, where they are others each year."""

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="days")
    first = models.DateField(_("First day"))
    last = models.DateField(_("Last day"))

    class Meta:
        ordering = ["first"]
        verbose_name_plural = "theme days"
        constraints = [
            models.UniqueConstraint(fields=["theme", "first"], name="theme_days_once"),
            models.CheckConstraint(condition=Q(first__lte=F("last")), name="theme_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.theme_id} {self.first}"


@pghistory.track(model_name="CampaignHistory")
class Campaign(models.Model):
    """Campaign that activities are part of (六个一百进党群): open between two days, or without an end."""

    key = models.SlugField(max_length=40, blank=True, editable=False)
    name = models.CharField(_("Name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    first = models.DateField(_("First day"), null=True, blank=True)
    last = models.DateField(_("Last day"), null=True, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name=CAMPAIGN_ONCE),
            models.UniqueConstraint(fields=["key"], name="campaign_key_once", condition=~Q(key="")),
            models.CheckConstraint(
                condition=Q(first__isnull=True) | Q(last__isnull=True) | Q(first__lte=F("last")),
                name="campaign_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """Name in the language of the page."""
        return in_page_language(self.name, self.name_en)
