"""Organisations, the centers they stood under and when, and whom to talk to."""

import datetime as dt
from typing import Any, ClassVar

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.values.phones import mask_phone
from centers.models import Center
from centers.models.network import ONE_VALID_AT_A_TIME
from centers.querysets import DatedQuerySet
from common import clock
from common.i18n.bilingual import in_page_language
from common.words.letters import LettersField
from organizations.choices import PARTY, FieldOfWork, OrganizationType
from organizations.models import triggers
from organizations.querysets import OrganizationQuerySet


@pghistory.track(model_name="OrganizationHistory", exclude=["letters"])
class Organization(models.Model):
    """An organisation that works with a center: of the Party, of the masses, or a partner of society.

    It exists from `founded_on` (None: nobody noted since when) until the day before `dissolved_on`. `name_en` is
    derived from `name` (`organizations.values.english_names`) unless people gave one.
    """

    name = models.CharField(_("Name"), max_length=80)
    short_name = models.CharField(_("Short name"), max_length=40, blank=True, default="")
    name_en = models.CharField(_("English name"), max_length=240, blank=True, default="")
    is_name_en_derived = models.BooleanField(default=True, editable=False)
    # The name as it is typed in letters, for the search.
    letters = LettersField("name", max_length=640, db_default="")
    type = models.CharField(_("Type"), max_length=20, choices=OrganizationType.choices)
    field_of_work = models.CharField(
        _("Field of work"), max_length=20, choices=FieldOfWork.choices, default=FieldOfWork.OTHER
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("Party organisation above"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    founded_on = models.DateField(_("Founded on"), null=True, blank=True)
    dissolved_on = models.DateField(_("Dissolved on"), null=True, blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(type__in=OrganizationType.values), name="organization_type_known"),
            models.CheckConstraint(condition=Q(field_of_work__in=FieldOfWork.values), name="organization_field_known"),
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(dissolved_on__gt=F("founded_on")),
                name="organization_dissolved_after_founding",
            ),
        ]
        # As `OrganizationQuerySet.search` asks: one index for the four, so that it serves any of them or all.
        indexes = [
            GinIndex(
                *(OpClass(Upper(name), "gin_trgm_ops") for name in ("name", "short_name", "name_en", "letters")),
                name="organization_search_trgm",
            )
        ]
        triggers: ClassVar[list[Any]] = [triggers.no_cycle]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organizations:organization_detail", args=[self.pk])

    @property
    def shown_name(self) -> str:
        """The name in the language of the page, as far as there is one."""
        return in_page_language(self.name, self.name_en)

    @property
    def titled(self) -> str:
        """The same for the title of a page, which can't mark words as Chinese. Without an English name, its type."""
        return in_page_language(self.name, self.name_en or str(self.get_type_display()))

    @property
    def center(self) -> Center:
        """The center it stands under today, as `with_center` loaded it, else by a query."""
        standing: list[OrganizationCenter] | None = getattr(self, "standing", None)
        if standing is None:
            standing = list(self.placements.on(clock.today()).select_related("center__level"))
        return standing[0].center

    @property
    def is_party(self) -> bool:
        return self.type in PARTY

    @property
    def is_dissolved(self) -> bool:
        """Whether its last day is past."""
        return self.dissolved_on is not None and self.dissolved_on <= clock.today()

    @property
    def is_to_come(self) -> bool:
        """Whether its first day is yet to come."""
        return self.founded_on is not None and self.founded_on > clock.today()

    @property
    def last_day(self) -> dt.date | None:
        """The last day it exists; None without an end."""
        return self.dissolved_on - dt.timedelta(days=1) if self.dissolved_on else None


@pghistory.track(model_name="OrganizationCenterHistory")
class OrganizationCenter(models.Model):
    """Center that an organisation stands under, for a stretch of dates.

    The first reaches back without a beginning: it counts as always having stood there, however its founding is dated.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="placements")
    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="organization_rows")
    valid = DateRangeField()

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="organization_has_one_center",
                expressions=[("organization", RangeOperators.EQUAL), ("valid", ONE_VALID_AT_A_TIME)],
            ),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="organization_center_valid_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} under {self.center_id} {self.valid}"


class Liaison(models.Model):
    """Liaison of an organisation: the person to talk to. Personal data, erasable: no history copies it."""

    organization = models.OneToOneField(
        Organization, on_delete=models.CASCADE, related_name="liaison", primary_key=True
    )
    name = models.CharField(_("Liaison"), max_length=40)
    phone = models.CharField(_("Mobile"), max_length=11, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("User account"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="liaisons",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(phone="") | Q(phone__regex=r"^1[0-9]{10}$"), name="liaison_phone_mobile")
        ]

    def __str__(self) -> str:
        return f"liaison of {self.organization_id}"

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)
