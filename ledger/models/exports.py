"""Files made of ledgers: who asked for what, how far it is, and where the file stands as long as it is kept."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from activities.models import Activity
from centers.models import Center
from common import clock
from ledger.choices import OPEN, TONES, ExportFormat, ExportKind, ExportState
from ledger.querysets import ExportQuerySet


class LedgerExport(models.Model):
    """File made of a ledger or a work log, of one activity or of a center's month. The row stays when the file is gone.

    What was sent at once has no file here: `file_name` is empty. `checksum`: SHA-256 of the content without the time
    it was made.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=ExportKind.choices)
    format = models.CharField(max_length=4, choices=ExportFormat.choices)
    state = models.CharField(max_length=8, choices=ExportState.choices, default=ExportState.QUEUED)
    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="ledger_exports")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, related_name="ledger_exports")
    month = models.DateField(null=True)
    language = models.CharField(max_length=10)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    heard_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    kept_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    file_name = models.CharField(max_length=120, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    checksum = models.CharField(max_length=64, blank=True)
    error = models.CharField(max_length=60, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ExportKind.ACTIVITY, activity__isnull=False, month__isnull=True)
                | (~Q(kind=ExportKind.ACTIVITY) & Q(activity__isnull=True, month__isnull=False)),
                name="ledger_export_of_activity_or_month",
            ),
            models.CheckConstraint(condition=Q(state__in=ExportState.values), name="ledger_export_state_known"),
            models.CheckConstraint(
                condition=~Q(state=ExportState.DONE) | ~Q(checksum=""), name="ledger_export_done_has_checksum"
            ),
            # A button pressed twice, or by two at once, asks for one file.
            models.UniqueConstraint(
                fields=["center", "month", "kind", "format", "language"],
                name="ledger_export_open_once",
                condition=Q(state__in=OPEN),
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="ledger_export_to_make", condition=Q(state__in=OPEN)),
            models.Index(fields=["center", "-id"], name="ledger_export_of_center"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    def get_absolute_url(self) -> str:
        return reverse("ledger:export_detail", args=[self.key])

    @property
    def is_open(self) -> bool:
        """Whether it is worked on, or will be."""
        return self.state in OPEN

    @property
    def has_file(self) -> bool:
        """Whether its file can be had."""
        return self.state == ExportState.DONE and bool(self.file_name)

    @property
    def tone(self) -> str:
        """Tone of the state on pages, as in TONES."""
        return TONES[ExportState(self.state)]
