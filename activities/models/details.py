"""Details that one kind of activity has alone: of trainings, study visits and inspections. One-to-one."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.choices import ActivityKind, TrainingForm, VisitorLevel
from activities.models import triggers
from activities.models.activities import Activity
from organizations.models import Organization


class TrainingDetail(models.Model):
    """Detail of a training: the series it belongs to, its hours and its form."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="training", primary_key=True)
    track = models.CharField(_("Training series"), max_length=40, blank=True)
    hours = models.DecimalField(_("Training hours"), max_digits=4, decimal_places=1, null=True, blank=True)
    form = models.CharField(_("Form of training"), max_length=12, choices=TrainingForm.choices, blank=True)

    class Meta:
        triggers: ClassVar[list[pgtrigger.Trigger]] = [triggers.of_kind(ActivityKind.TRAINING)]
        constraints = [
            models.CheckConstraint(condition=Q(form="") | Q(form__in=TrainingForm.values), name="training_form_known"),
            models.CheckConstraint(condition=Q(hours__isnull=True) | Q(hours__gt=0), name="training_hours_positive"),
        ]

    def __str__(self) -> str:
        return f"training {self.activity_id}"


class ReceptionDetail(models.Model):
    """Detail of a study visit: who comes, who looks after them, and where they are led.

    `asked_on`: the day from which the notice is counted; `short_notice_reason`: why it was shorter than the rule.
    """

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="reception", primary_key=True)
    visiting_body = models.CharField(_("Visiting body"), max_length=60)
    level = models.CharField(_("Its level"), max_length=16, choices=VisitorLevel.choices)
    liaison = models.CharField(_("Who looks after them"), max_length=40, blank=True)
    route = models.CharField(_("Route"), max_length=200, blank=True)
    asked_on = models.DateField(_("Asked for on"), null=True, blank=True)
    short_notice_reason = models.CharField(_("Why at short notice"), max_length=100, blank=True)
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        triggers: ClassVar[list[pgtrigger.Trigger]] = [triggers.of_kind(ActivityKind.RECEPTION)]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=VisitorLevel.values), name="reception_level_known"),
        ]

    def __str__(self) -> str:
        return f"reception {self.activity_id}"


class InspectionDetail(models.Model):
    """Detail of a guidance inspection: the organisation inspected, and what was found."""

    activity = models.OneToOneField(Activity, on_delete=models.CASCADE, related_name="inspection", primary_key=True)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="inspections")
    findings = models.TextField(_("Findings"), max_length=1000, blank=True)

    class Meta:
        triggers: ClassVar[list[pgtrigger.Trigger]] = [triggers.of_kind(ActivityKind.INSPECTION)]

    def __str__(self) -> str:
        return f"inspection {self.activity_id}"
