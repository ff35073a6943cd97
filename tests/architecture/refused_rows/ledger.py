"""Rows of the ledger that a constraint refuses, by the name of what refuses."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models

from ledger.choices import ExportFormat, ExportKind, ExportState
from ledger.models import CORRECTED_ONCE, FIRST_LINE_ONCE, LedgerExport, LogLine

Rows = Iterable[models.Model]
DAY = dt.date(2026, 11, 1)


def export(world: Any, **changes: Any) -> LedgerExport:
    fields = {"kind": ExportKind.MONTH, "format": ExportFormat.PDF, "month": DAY, "language": "zh-hans"}
    return LedgerExport(center=world.center, made_by=world.user, **{**fields, **changes})


def line(world: Any, **changes: Any) -> LogLine:
    return LogLine(**{"center": world.center, "day": DAY, "text": "走访", "written_by": world.user, **changes})


def corrected_twice(world: Any) -> Rows:
    first = line(world)
    first.save()
    return [line(world, corrects=first) for _ in range(2)]


REFUSED: dict[str, Callable[[Any], Rows]] = {
    "ledger_export_of_activity_or_month": lambda world: [export(world, month=None)],
    "ledger_export_state_known": lambda world: [export(world, state="lost")],
    "ledger_export_done_has_checksum": lambda world: [export(world, state=ExportState.DONE)],
    "ledger_export_open_once": lambda world: [export(world), export(world)],
    FIRST_LINE_ONCE: lambda world: [line(world), line(world)],
    CORRECTED_ONCE: corrected_twice,
    "log_line_not_empty": lambda world: [line(world, text="")],
}
