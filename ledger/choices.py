"""Kinds, formats and states of the files that ledgers are made into."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExportKind(models.TextChoices):
    ACTIVITY = "activity", _("Ledger of an activity")
    MONTH = "month", _("Ledger of a month")
    WORK_LOG = "work_log", _("Work log of a month")


class ExportFormat(models.TextChoices):
    PDF = "pdf", _("PDF")
    ZIP = "zip", _("ZIP with photos and sign-in")


class ExportState(models.TextChoices):
    QUEUED = "queued", _("Waiting to be made")
    RUNNING = "running", _("Being made")
    DONE = "done", _("Made")
    FAILED = "failed", _("Couldn't be made")
    STOPPED = "stopped", _("Stopped")


# These are still worked on, or will be.
OPEN = (ExportState.QUEUED, ExportState.RUNNING)
TONES = {
    ExportState.QUEUED: "info",
    ExportState.RUNNING: "info",
    ExportState.DONE: "ok",
    ExportState.FAILED: "bad",
    ExportState.STOPPED: "",
}
