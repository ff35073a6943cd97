"""Series: activities that are held again by a rule. Each date is an activity of its own."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from activities.choices import SeriesRule
from common import clock


class Series(models.Model):
    """Series of activities: the rule by which its dates were found, and who made it.

    The dates are activities with `series` and `series_day`: the day by the rule, which stays when a date is moved.
    """

    rule = models.CharField(max_length=12, choices=SeriesRule.choices)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(rule__in=SeriesRule.values), name="series_rule_known")]

    def __str__(self) -> str:
        return f"series {self.pk} {self.rule}"
