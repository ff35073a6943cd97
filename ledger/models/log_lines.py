"""Free lines of the work log: one a day of a center, corrected by new rows alone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centers.models import Center
from common import clock
from ledger.querysets import LogLineQuerySet
from ledger.values.limits import LONGEST_LINE

FIRST_LINE_ONCE = "log_line_first_once_a_day"
CORRECTED_ONCE = "log_line_corrected_once"


class LogLine(models.Model):
    """Line that staff add to a day of their center's work log. A correction is a row that names the one before it."""

    append_only = True

    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="log_lines")
    day = models.DateField()
    text = models.CharField(_("One line about the day"), max_length=LONGEST_LINE)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now, editable=False)

    objects = LogLineQuerySet.as_manager()

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["center", "day"], name=FIRST_LINE_ONCE, condition=Q(corrects__isnull=True)),
            # Two who correct one line at once: the second is told of the first.
            models.UniqueConstraint(fields=["corrects"], name=CORRECTED_ONCE),
            models.CheckConstraint(condition=~Q(text=""), name="log_line_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.center_id} {self.day}"
