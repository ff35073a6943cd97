"""Spaces: the cells they are of, the policies they are booked by, and their maintenance."""

from typing import Any, ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bookings.choices import ConfirmMode, Equipment
from bookings.querysets import SpaceQuerySet
from bookings.values.limits import FARTHEST_DAYS, LARGEST_HEADCOUNT, LONGEST_TURNAROUND_MINUTES
from centers.choices import PUBLIC, AreaKind
from centers.models import Center
from centers.models.snapshot_version import renews_version
from common.i18n.bilingual import in_page_language
from common.words.letters import LettersField


class Cell(models.Model):
    """An atom of room that is taken or free as a whole.

    A hall that divides in two has two; each half is a space of one.
    """

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="cells")
    name = models.CharField(max_length=40)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


@pghistory.track(model_name="SpaceHistory", exclude=["letters"])
class Space(models.Model):
    """A bookable space: one or more cells of one center.

    `name` is as on its door; `name_en` is blank until somebody gives one.
    """

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="spaces")
    name = models.CharField(_("Name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=80, blank=True, default="")
    # The name as it is typed in letters, for the search.
    letters = LettersField("name", max_length=320, db_default="")
    area_kind = models.CharField(
        _("Functional area"), max_length=20, choices=AreaKind.choices, default=AreaKind.ACTIVITY
    )
    capacity = models.PositiveSmallIntegerField(
        _("Capacity"), validators=[MinValueValidator(1), MaxValueValidator(LARGEST_HEADCOUNT)]
    )
    equipment = ArrayField(
        models.CharField(max_length=20, choices=Equipment.choices),
        verbose_name=_("Equipment"),
        default=list,
        blank=True,
    )
    description = models.CharField(_("Description"), max_length=200, blank=True)
    is_active = models.BooleanField(_("Can be booked"), default=True)
    cells = models.ManyToManyField(Cell, related_name="spaces")

    objects = SpaceQuerySet.as_manager()

    class Meta:
        ordering = ["center", "id"]
        constraints = [
            models.UniqueConstraint(fields=["center", "name"], name="space_name_once_a_center"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="space_capacity_positive"),
        ]
        triggers: ClassVar[list[Any]] = [*renews_version("spaces")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("bookings:space_detail", args=[self.pk])

    @property
    def is_public(self) -> bool:
        """Whether residents may book it: as `Space.objects.public()`, of a space whose center is loaded."""
        return self.is_active and self.center.status in PUBLIC

    @property
    def shown_name(self) -> str:
        """The name in the language of the page, as far as there is one."""
        return in_page_language(self.name, self.name_en)

    @property
    def titled(self) -> str:
        """The same for the title of a page, which can't mark words as Chinese.

        Without an English name, the kind of its area.
        """
        return in_page_language(self.name, self.name_en or str(self.get_area_kind_display()))

    def get_equipment_display(self) -> list[str]:
        """The equipment in words."""
        return [str(Equipment(item).label) for item in self.equipment]


@pghistory.track(model_name="BookingPolicyHistory")
class BookingPolicy(models.Model):
    """Rules of booking for a center and all below it, or for one space.

    A blank field takes the next level up; see `bookings.domain.policies`.
    """

    center = models.OneToOneField(
        Center, on_delete=models.CASCADE, null=True, blank=True, related_name="booking_policy"
    )
    space = models.OneToOneField(Space, on_delete=models.CASCADE, null=True, blank=True, related_name="booking_policy")
    notice_workdays = models.PositiveSmallIntegerField(
        _("Notice, working days"), null=True, blank=True, validators=[MaxValueValidator(30)]
    )
    horizon_days = models.PositiveSmallIntegerField(
        _("How far ahead, days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(FARTHEST_DAYS)],
    )
    longest_minutes = models.PositiveSmallIntegerField(
        _("Longest use, minutes"), null=True, blank=True, validators=[MinValueValidator(30), MaxValueValidator(1440)]
    )
    turnaround_minutes = models.PositiveSmallIntegerField(
        _("Turnaround after use, minutes"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(LONGEST_TURNAROUND_MINUTES)],
    )
    quota_count = models.PositiveSmallIntegerField(
        _("Bookings a person and month"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    confirm_mode = models.CharField(
        _("Confirmation"), max_length=10, choices=ConfirmMode.choices, null=True, blank=True
    )
    decide_workdays = models.PositiveSmallIntegerField(
        _("Staff decide within, working days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
    )
    cancel_hours = models.PositiveSmallIntegerField(
        _("Cancel at least hours before"), null=True, blank=True, validators=[MaxValueValidator(240)]
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(center__isnull=True) ^ Q(space__isnull=True), name="policy_of_a_center_or_a_space"
            ),
        ]
        triggers: ClassVar[list[Any]] = [*renews_version("spaces")]

    def __str__(self) -> str:
        return f"policy of {'center' if self.center_id else 'space'} {self.center_id or self.space_id}"


@pghistory.track(model_name="MaintenanceHistory")
class Maintenance(models.Model):
    """A space can't be used from `starts_at` to `ends_at`, though its center is open."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="maintenance")
    starts_at = models.DateTimeField(_("From"))
    ends_at = models.DateTimeField(_("Until"))
    reason = models.CharField(_("Reason"), max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="maintenance_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.space_id} {self.starts_at} {self.reason}"
