"""Imports of sheets, and the columns remembered for a form of sheet."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities.choices import ActivityKind
from bookings.values.references import new_reference
from centers.models import Center
from common import clock
from common.i18n.bilingual import in_page_language
from imports.choices import RUNNING, STATE_TONES, ImportState
from imports.querysets import ImportQuerySet


def new_name() -> str:
    """Random name of a file: nothing of what it is called or who sent it."""
    return uuid.uuid4().hex


class Import(models.Model):
    """Import of one sheet of a file into the activities of a center. The file stands in the storage for imports.

    `columns`: what each column holds, in order; `position` of `total` rows are done in the state it is in. A worker
    holds it by `runner`, and shows at `beat_at` that it is alive.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    key = models.UUIDField(null=True, unique=True, editable=False)
    center = models.ForeignKey(Center, on_delete=models.PROTECT, related_name="imports")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # On whose behalf the worker acts: who pressed the button last, and may be another colleague.
    acting = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now, editable=False)
    state = models.CharField(max_length=8, choices=ImportState.choices, default=ImportState.COLUMNS)
    file_name = models.CharField(_("File"), max_length=120)
    stored_as = models.CharField(max_length=40, unique=True, default=new_name, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    sheet_name = models.CharField(_("Sheet"), max_length=100, blank=True)
    sheet_names = models.JSONField(default=list)
    is_1904 = models.BooleanField(default=False)
    title = models.CharField(max_length=200, blank=True)
    heading_row = models.PositiveIntegerField()
    headings = models.JSONField()
    samples = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64)
    columns = models.JSONField()
    kind = models.CharField(
        _("Kind where the sheet says none"), max_length=12, choices=ActivityKind.choices, default=ActivityKind.ACTIVITY
    )
    total = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    runner = models.UUIDField(null=True)
    beat_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    has_failed = models.BooleanField(default=False)
    is_stopping = models.BooleanField(default=False)
    checked_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="import_state_known"),
            models.CheckConstraint(condition=Q(kind__in=ActivityKind.values), name="import_kind_known"),
        ]
        indexes = [
            models.Index(fields=["center", "-id"], name="import_of_center"),
            models.Index(fields=["beat_at"], name="import_running", condition=Q(state__in=RUNNING)),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("imports:import_detail", args=[self.reference])

    def get_columns_url(self) -> str:
        """Address of the page on which its columns are matched."""
        return reverse("imports:import_columns", args=[self.reference])

    @property
    def titled(self) -> str:
        """Name for the head of a page, which can't mark words as Chinese."""
        return in_page_language(self.file_name, str(_("Import of a sheet")))

    @property
    def actor(self) -> User:
        """Person on whose behalf a worker acts: who pressed the button."""
        return self.acting or self.uploaded_by

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def tone(self) -> str:
        """Tone of the state's tag."""
        return STATE_TONES.get(ImportState(self.state), "info")

    @property
    def percent(self) -> int:
        """Rows done in the present state, of a hundred."""
        return min(100 * self.position // self.total, 100) if self.total else 0


class MappingMemory(models.Model):
    """Columns that a center's people last chose for a form of sheet, known by its headings."""

    center = models.ForeignKey(Center, on_delete=models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)
    columns = models.JSONField()
    kind = models.CharField(max_length=12, choices=ActivityKind.choices, default=ActivityKind.ACTIVITY)
    used_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["center", "fingerprint"], name="mapping_once_a_center")]

    def __str__(self) -> str:
        return f"{self.center_id} {self.fingerprint}"
