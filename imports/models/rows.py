"""Rows of an imported sheet: what they say, what would become of them, and what became of them."""

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise

from activities.models import Activity
from imports.choices import TONES, ImportState, Kept, Verdict
from imports.models.imports import Import
from imports.querysets import ImportRowQuerySet
from imports.values.packing import unpack_values
from imports.values.reading import Values

IDENTITY_ONCE = "import_row_identity_once"


class ImportRow(models.Model):
    """Row of a sheet, by its number in it.

    `cells`: as the sheet has them (`values.cells`); `code` and `params`: its question or fault; `answers`: given to
    questions; `values`: what it was read as. `activity`: made of the row, or the known one that it repeats or changes;
    `written_at`: when it was made or changed, `undone_at`: when that was taken back. No two rows that stand have one
    `identity`.
    """

    sheet = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    is_hidden = models.BooleanField(default=False)
    inherited = models.JSONField(default=list)
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    code = models.CharField(max_length=24, blank=True)
    params = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    values = models.JSONField(null=True)
    notes = models.JSONField(default=list)
    identity = models.CharField(max_length=48, blank=True)
    is_ready = models.BooleanField(default=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, related_name="import_rows")
    before = models.JSONField(null=True)
    written_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    kept = models.CharField(max_length=8, choices=Kept.choices, blank=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="import_row_once"),
            models.UniqueConstraint(
                fields=["identity"],
                name=IDENTITY_ONCE,
                condition=Q(written_at__isnull=False, undone_at=None, verdict=Verdict.NEW),
            ),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="import_row_verdict_known"),
            models.CheckConstraint(
                condition=Q(written_at=None) | Q(activity__isnull=False), name="import_row_written_has_activity"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(written_at__isnull=False), name="import_row_undone_if_written"
            ),
        ]
        indexes = [
            models.Index(fields=["sheet", "verdict", "number"], name="import_row_by_verdict"),
            models.Index(
                fields=["sheet", "number"],
                name="import_row_ready",
                condition=Q(is_ready=True, written_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.number}"

    @property
    def read(self) -> Values:
        """Values of a row that was read to its end."""
        assert self.values is not None  # noqa: S101 (rows with this verdict have them)
        return unpack_values(self.values)

    @property
    def made(self) -> int:
        """Id of the activity of a row that was written."""
        assert self.activity_id is not None  # noqa: S101 (a constraint keeps it)
        return self.activity_id

    @property
    def tone(self) -> str:
        """Tone of the verdict's tag."""
        return TONES.get(Verdict(self.verdict), "")

    @property
    def label(self) -> Promise | str:
        """Label of the tag: what has become of it, else what would."""
        if self.undone_at is not None:
            return ImportState.UNDONE.label
        return ImportState.DONE.label if self.written_at is not None else Verdict(self.verdict).label
