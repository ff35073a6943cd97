"""Roles of people at centers, by date."""

import datetime as dt

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centers.choices import Role
from centers.models.network import ONE_VALID_AT_A_TIME, Center
from centers.querysets import RoleQuerySet


@pghistory.track(model_name="CenterRoleHistory")
class CenterRole(models.Model):
    """A person's role at a center and all below it, for a stretch of dates or until withdrawn within them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="center_roles")
    center = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(_("Role"), max_length=10, choices=Role.choices)
    valid = DateRangeField()
    # A date can't say that a role of today ended at noon; the days it was meant to hold stay as they were.
    withdrawn_at = models.DateTimeField(_("Withdrawn at"), null=True, blank=True, editable=False)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="center_role_once",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("center", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("valid", ONE_VALID_AT_A_TIME),
                ],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(condition=Q(valid__isempty=False), name="center_role_valid_not_empty"),
        ]
        indexes = [GistIndex(fields=["valid"], name="center_role_valid")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} at {self.center_id} {self.valid}"

    @property
    def last_day(self) -> dt.date | None:
        """The last day of its stretch of dates, itself included; None without an end."""
        return self.valid.upper - dt.timedelta(days=1) if self.valid.upper else None
