"""Files that take longer than one waits: asked for, made by a worker, kept for a week, then swept.

The row is the job: a worker that is killed leaves it, and the next finds by its silence that it has to be made again.
"""

import datetime as dt
import logging
import tempfile
import time
from functools import partial
from pathlib import Path

from django.core.files import File
from django.core.files.storage import storages
from django.db import IntegrityError, OperationalError, transaction
from django.utils import translation
from django.utils.translation import get_language

from accounts.models import User
from centers.models import Center
from common import clock
from common.errors import DomainError
from common.months import Month
from ledger import exceptions as refused
from ledger.choices import ExportFormat, ExportKind, ExportState
from ledger.domain.composing import Composed, Made, compose_month, steps_of
from ledger.domain.typesetting import must_have_font
from ledger.models import LedgerExport
from ledger.permissions import can_keep
from ledger.querysets import ExportQuerySet
from ledger.selectors.ledgers import ledgers_of_month, name_of, of_month
from ledger.values.limits import KEPT_FOR, MOST_ACTIVITIES
from notifications.services.worker import wake_worker

STORAGE = "ledger"
MAKE = "ledger.tasks.make_exports"
# Its maker hasn't been heard of for so long: setting the pages of the largest month takes a fraction of it.
SILENT_FOR = dt.timedelta(minutes=10)
MOST_ATTEMPTS = 3
TELL_EVERY_SECONDS = 1.0
UNEXPECTED, GAVE_UP = "unexpected", "gave_up"

log = logging.getLogger(__name__)


class _Stopped(Exception):
    """The file isn't wanted any more, or another worker makes it."""


def ask_for_month(*, actor: User, center: Center, month: Month, format: ExportFormat) -> LedgerExport:
    """Ask for the ledger of a month; whoever asks while it is made gets the same. A worker is woken after the commit.

    Raises LedgerNotAllowed, FontMissing, NothingToKeep, TooManyActivities.
    """
    if not can_keep(actor, center):
        raise refused.LedgerNotAllowed
    must_have_font()
    count = of_month(center, month).count()
    if not count:
        raise refused.NothingToKeep
    if count > MOST_ACTIVITIES:
        raise refused.TooManyActivities(most=MOST_ACTIVITIES)
    wanted = {
        "kind": ExportKind.MONTH,
        "center": center,
        "month": month.first,
        "format": format,
        "language": get_language() or "",
    }
    if made := LedgerExport.objects.unfinished().filter(**wanted).first():
        return made
    try:
        with transaction.atomic():
            export = LedgerExport.objects.create(**wanted, made_by=actor)
            transaction.on_commit(partial(wake_worker, MAKE), robust=True)
    except IntegrityError:
        # Two asked at once, or the button was pressed twice.
        if made := LedgerExport.objects.unfinished().filter(**wanted).first():
            return made
        raise
    return export


def stop_export(*, actor: User, export: LedgerExport) -> LedgerExport:
    """Stop a file that is being made. Raises LedgerNotAllowed, ExportOver."""
    if not can_keep(actor, export.center_id):
        raise refused.LedgerNotAllowed
    unfinished = LedgerExport.objects.unfinished().filter(pk=export.pk)
    if not unfinished.update(state=ExportState.STOPPED, finished_at=clock.now()):
        raise refused.ExportOver
    export.refresh_from_db()
    return export


def make_due(*, now: dt.datetime) -> int:
    """Make the files that wait, one after the other. Returns how many were made; safe to run in several workers."""
    made = 0
    while (export := _claim(now)) is not None:
        made += _make(export)
    return made


def sweep_files(*, now: dt.datetime) -> int:
    """Delete files whose week is over; their rows stay and say who made them. Returns how many."""
    swept = 0
    for export in LedgerExport.objects.past_keeping(now):
        storages[STORAGE].delete(stored_name(export))
        swept += LedgerExport.objects.filter(pk=export.pk).update(file_name="")
    return swept


def stored_name(export: LedgerExport) -> str:
    """Name of the file in the storage: nothing of what it is about."""
    return f"{export.key}.{export.format}"


@transaction.atomic
def _claim(now: dt.datetime) -> LedgerExport | None:
    """Take the next file to make, so that no other worker does. One that failed too often is given up."""
    waiting = LedgerExport.objects.to_make(now - SILENT_FOR).select_for_update(of=["self"], skip_locked=True)
    while (export := waiting.select_related("center", "made_by").first()) is not None:
        export.attempts += 1
        export.heard_at = clock.now()
        is_hopeless = export.attempts > MOST_ATTEMPTS
        export.state = ExportState.FAILED if is_hopeless else ExportState.RUNNING
        export.error = GAVE_UP if is_hopeless else ""
        export.done = 0
        export.save(update_fields=["attempts", "heard_at", "state", "error", "done"])
        if not is_hopeless:
            return export
    return None


def _make(export: LedgerExport) -> bool:
    """Make one file that was claimed. A database or a disk that is away leaves it to a later try."""
    try:
        with tempfile.TemporaryDirectory(prefix="ledger-") as folder, translation.override(export.language):
            _keep(export, _compose(export, Path(folder)))
    except _Stopped:
        return False
    except DomainError as refusal:
        _fail(export, refusal.code)
        return False
    except (OperationalError, OSError):
        log.exception("ledger file %s is left to a later try", export.key)
        return False
    except Exception:
        log.exception("ledger file %s can't be made", export.key)
        _fail(export, UNEXPECTED)
        return False
    return True


def _compose(export: LedgerExport, folder: Path) -> Composed:
    assert export.month is not None  # noqa: S101 (a constraint says so)
    month = Month(export.month)
    ledgers = ledgers_of_month(export.center, month)
    if not ledgers:
        raise refused.NothingToKeep
    export.total = steps_of(ledgers)
    made = Made(clock.now(), name_of(export.made_by), export.center.name)
    return compose_month(month, ledgers, ExportFormat(export.format), made, folder, _Progress(export))


class _Progress:
    """Progress of a file: told once a second at most. Raises _Stopped once nobody wants it from us any more."""

    def __init__(self, export: LedgerExport) -> None:
        self.export = export
        self.told = float("-inf")

    def __call__(self) -> None:
        self.export.done += 1
        if time.monotonic() - self.told >= TELL_EVERY_SECONDS:
            self.told = time.monotonic()
            told = {"done": self.export.done, "total": self.export.total, "heard_at": clock.now()}
            if not _ours(self.export).update(**told):
                raise _Stopped


def _keep(export: LedgerExport, composed: Composed) -> None:
    """Put the file into the storage, then say so; nothing stays of one that was stopped meanwhile."""
    storage, name, now = storages[STORAGE], stored_name(export), clock.now()
    if not _ours(export).exists():
        raise _Stopped
    storage.delete(name)  # of a try that was cut off
    with composed.path.open("rb") as content:
        storage.save(name, File(content))
    is_ours = _ours(export).update(
        state=ExportState.DONE,
        done=export.total,
        total=export.total,
        finished_at=now,
        kept_until=now + KEPT_FOR,
        file_name=composed.name,
        size=composed.path.stat().st_size,
        checksum=composed.checksum,
    )
    if not is_ours:
        storage.delete(name)
        raise _Stopped


def _fail(export: LedgerExport, error: str) -> None:
    _ours(export).update(state=ExportState.FAILED, error=error, finished_at=clock.now())


def _ours(export: LedgerExport) -> ExportQuerySet:
    """The row, as long as it is this very try that makes it."""
    return LedgerExport.objects.filter(pk=export.pk, state=ExportState.RUNNING, attempts=export.attempts)
