"""Running an import: handed over to a worker, held by one at a time, taken up again where one was killed.

A worker claims an import for a minute at a time and shows after every batch that it is alive. What a batch does and how
far the import is are written in one transaction.
"""

import datetime as dt
import functools
import logging
import uuid
from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import F, Q

from accounts.models import User
from activities.permissions import can_lead
from common import clock
from imports import exceptions as refused
from imports import permissions
from imports.choices import RUNNING, ImportState
from imports.models import Import
from notifications.services.worker import wake_worker

RUN = "imports.tasks.run_import"
LEASE = dt.timedelta(seconds=60)
MOST_TRIES = 5
BATCH = 2000
# Where an import stands when a worker has given up on it.
FALLBACK = {
    ImportState.CHECKING: ImportState.COLUMNS,
    ImportState.WRITING: ImportState.DONE,
    ImportState.UNDOING: ImportState.DONE,
}

log = logging.getLogger(__name__)


class LeftToAnother(Exception):
    """The import was stopped, or another worker holds it by now."""


def locked_for_change(actor: User, imported: Import, *states: ImportState) -> Import:
    """The import as it is now, locked, for somebody to change in one of `states`.

    Raises ImportNotAllowed, ImportBusy, and NotTried in another state.
    """
    if not permissions.can_handle(actor, imported):
        raise refused.ImportNotAllowed
    imported = Import.objects.select_for_update(of=["self"]).select_related("center", "uploaded_by").get(pk=imported.pk)
    if imported.state not in states:
        raise refused.ImportBusy if imported.is_running else refused.NotTried
    return imported


def must_lead(actor: User, centers: Iterable[int | None]) -> None:
    """Raise ImportNotAllowed for who doesn't work for each of these centers, by id."""
    if not all(can_lead(actor, center) for center in set(centers) if center is not None):
        raise refused.ImportNotAllowed


def hand_over(imported: Import, state: ImportState, total: int, *, actor: User) -> None:
    """Hand an import that is locked to a worker, who acts for `actor`; woken after the commit, else found by beat."""
    imported.acting = actor
    imported.state, imported.position, imported.total = state, 0, total
    imported.runner, imported.beat_at, imported.tries = None, None, 0
    imported.has_failed = imported.is_stopping = False
    imported.save()
    transaction.on_commit(functools.partial(wake_worker, RUN, imported.pk), robust=True)


def claim(pk: int) -> uuid.UUID | None:
    """Take hold of an import that is to be worked on and that nobody holds; None where that isn't so."""
    runner, now = uuid.uuid4(), clock.now()
    free = Q(runner=None) | Q(beat_at__lt=now - LEASE)
    taken = Import.objects.filter(free, pk=pk, state__in=RUNNING)
    return runner if taken.update(runner=runner, beat_at=now, tries=F("tries") + 1) else None


def held(pk: int, runner: uuid.UUID, state: ImportState) -> Import:
    """The import, locked until the transaction ends. Raises LeftToAnother where `runner` doesn't hold it any more."""
    imported = (
        Import.objects.select_for_update(of=["self"]).select_related("center", "uploaded_by", "acting").get(pk=pk)
    )
    if imported.runner != runner or imported.state != state:
        raise LeftToAnother
    return imported


def move_on(imported: Import, done: int) -> None:
    """Write how far a held import is, and that its worker is alive."""
    imported.position += done
    imported.beat_at = clock.now()
    imported.save(update_fields=["position", "beat_at"])


def finish(imported: Import, state: ImportState) -> None:
    """Let go of a held import that is done."""
    imported.state, imported.runner, imported.finished_at, imported.is_stopping = state, None, clock.now(), False
    imported.save(update_fields=["state", "runner", "finished_at", "is_stopping"])


def run(pk: int, steps: dict[str, Callable[[int, uuid.UUID], None]]) -> bool:
    """Work on an import to its end, if nobody else does. `steps`: what is done in each state. True when it was done."""
    runner = claim(pk)
    if runner is None:
        return False
    imported = Import.objects.get(pk=pk)
    if imported.tries > MOST_TRIES:
        _give_up(imported)
        return False
    try:
        steps[imported.state](pk, runner)
    except LeftToAnother:
        return False
    except Exception:
        # Let go at once, so that the next sweep tries again; what a batch hadn't committed is undone.
        Import.objects.filter(pk=pk, runner=runner).update(runner=None)
        raise
    return True


def _give_up(imported: Import) -> None:
    log.error("import %s given up while %s", imported.pk, imported.state)
    imported.state, imported.has_failed = FALLBACK[ImportState(imported.state)], True
    imported.runner = None
    imported.save(update_fields=["state", "has_failed", "runner"])
