"""Work on imports by a worker: each in the state that it is in; what was left lying is taken up by a sweep."""

import datetime as dt
import logging
import uuid
from collections.abc import Callable

from django.core.files.storage import storages

from common.orphan_files import delete_orphans
from imports.choices import ImportState
from imports.models import Import
from imports.services.checking import try_rows
from imports.services.running import LEASE, run
from imports.services.undoing import undo_rows
from imports.services.uploads import STORAGE
from imports.services.writing import write_rows

STEPS: dict[str, Callable[[int, uuid.UUID], None]] = {
    ImportState.CHECKING.value: try_rows,
    ImportState.WRITING.value: write_rows,
    ImportState.UNDOING.value: undo_rows,
}

log = logging.getLogger(__name__)


def run_import(pk: int) -> bool:
    """Work on an import to the end of its state, unless another worker does. Safe to repeat."""
    return run(pk, STEPS)


def resume_imports(*, now: dt.datetime) -> int:
    """Take up imports that no call to the worker reached, or whose worker was killed. Returns how many got done."""
    left = Import.objects.running().exclude(beat_at__gte=now - LEASE, runner__isnull=False)
    done = 0
    for pk in left.order_by("id").values_list("pk", flat=True):
        try:
            done += run_import(pk)
        except Exception:
            # One that fails every time is given up after some tries, and keeps none of the others waiting.
            log.exception("import %s failed", pk)
    return done


def sweep_files(*, now: dt.datetime) -> int:
    """Delete files that no import names and that are a day old. Returns how many."""
    return delete_orphans(
        storages[STORAGE],
        lambda names: Import.objects.filter(stored_as__in=names).values_list("stored_as", flat=True),
        now=now,
    )
