"""Counts at the door of an activity, of people who hadn't signed up."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from activities.models.activities import Activity
from organizations.models import Organization


class WalkIn(models.Model):
    """People counted at the door who hadn't signed up; taking a count back is a row of its own, with less than none.

    Those who come as one organisation are counted with its name, and under the key of their form: sent twice, once.
    """

    append_only = True

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="walk_ins")
    count = models.SmallIntegerField()
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.UUIDField(null=True, unique=True, editable=False)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")
    counted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, count__gt=0) | Q(reverses__isnull=False, count__lt=0),
                name="walk_in_negative_if_reversing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.count:+d}"


class GroupNames(models.Model):
    """Names of people who came as one organisation, as staff entered them. Personal data: erasable; the count isn't."""

    walk_in = models.OneToOneField(WalkIn, on_delete=models.CASCADE, primary_key=True, related_name="group_names")
    names = ArrayField(models.CharField(max_length=40))

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(names__len__gt=0), name="group_names_not_empty")]

    def __str__(self) -> str:
        return f"names of {self.walk_in_id}"
