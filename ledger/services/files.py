"""Files that are made while one waits: the ledger of one activity, the work log of a month. Each leaves a line."""

import dataclasses
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from accounts.models import User
from activities.models import Activity
from centers.models import Center
from common import clock
from common.months import Month
from ledger import exceptions as refused
from ledger.choices import ExportFormat, ExportKind, ExportState
from ledger.domain.composing import Composed, Made, compose_activity, compose_work_log
from ledger.models import LedgerExport
from ledger.permissions import can_keep
from ledger.selectors.ledgers import ledger_of, name_of
from ledger.selectors.work_log import days_of


@dataclasses.dataclass(frozen=True)
class MadeFile:
    """File in memory, with the name that people see and the checksum of its content."""

    name: str
    content: bytes
    checksum: str


def make_activity_file(*, actor: User, activity: Activity, format: ExportFormat) -> MadeFile:
    """Make the ledger of an activity as PDF or zip; who did is written down. Raises LedgerNotAllowed, FontMissing."""
    if not can_keep(actor, activity.center_id):
        raise refused.LedgerNotAllowed
    facts = ledger_of(activity)
    made = Made(clock.now(), name_of(actor), facts.center)
    about = {"kind": ExportKind.ACTIVITY, "center_id": activity.center_id, "activity": activity}
    return _made(actor, lambda folder: compose_activity(facts, format, made, folder), format, about)


def make_work_log(*, actor: User, center: Center, month: Month) -> MadeFile:
    """Make the work log of a month as PDF; who did is written down. Raises LedgerNotAllowed, FontMissing."""
    if not can_keep(actor, center):
        raise refused.LedgerNotAllowed
    days, made = days_of(center, month), Made(clock.now(), name_of(actor), center.name)
    about = {"kind": ExportKind.WORK_LOG, "center_id": center.pk, "month": month.first}
    return _made(actor, lambda folder: compose_work_log(month, days, made, folder), ExportFormat.PDF, about)


def _made(actor: User, compose: Callable[[Path], Composed], format: ExportFormat, about: dict[str, Any]) -> MadeFile:
    """The file that `compose` writes, and the row that says who made it."""
    asked_at = clock.now()
    with tempfile.TemporaryDirectory(prefix="ledger-") as folder:
        composed = compose(Path(folder))
        content = composed.path.read_bytes()
    LedgerExport.objects.create(
        **about,
        format=format,
        state=ExportState.DONE,
        language=get_language() or "",
        made_by=actor,
        asked_at=asked_at,
        finished_at=clock.now(),
        size=len(content),
        checksum=composed.checksum,
    )
    return MadeFile(composed.name, content, composed.checksum)
