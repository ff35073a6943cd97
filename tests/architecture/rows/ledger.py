"""Ledger: a row an address."""

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from common import clock
from ledger.choices import ExportFormat, ExportKind, ExportState
from ledger.models import LedgerExport
from ledger.services.exports import stored_name
from tests.architecture.permission_table import Row, management, workplace
from tests.architecture.rows.activity_desk import recorded
from tests.support.cast import Cast


def center(cast: Cast) -> dict[str, Any]:
    return {"code": cast.center.code}


def today(cast: Cast) -> dict[str, Any]:
    return {**center(cast), "day": str(clock.today())}


def made(cast: Cast, **fields: Any) -> LedgerExport:
    return LedgerExport.objects.create(
        kind=ExportKind.MONTH,
        format=ExportFormat.PDF,
        center=cast.center,
        month=clock.today().replace(day=1),
        language="zh-hans",
        made_by=cast["manager"],
        **fields,
    )


def queued(cast: Cast) -> dict[str, Any]:
    return {"key": made(cast).key}


def done(cast: Cast) -> dict[str, Any]:
    """A file that was made, and is there."""
    export = made(
        cast,
        state=ExportState.DONE,
        checksum="0" * 64,
        file_name="台账.pdf",
        kept_until=clock.now() + dt.timedelta(days=7),
    )
    storages["ledger"].save(stored_name(export), ContentFile(b"pdf"))
    return {"key": export.key}


MONTH = {"month": "2026-11", "format": "pdf"}

ROWS: tuple[Row, ...] = (
    Row("ledger:ledger_list", **workplace()),
    Row("ledger:ledger_detail", **management(), target=recorded),
    Row("ledger:ledger_file", **management(), target=recorded, method="post", data={"format": "pdf"}),
    Row("ledger:export_create", **management(302), target=center, method="post", data=MONTH),
    Row("ledger:export_detail", **management(), target=queued),
    Row("ledger:export_stop", **management(302), target=queued, method="post"),
    Row("ledger:export_file", **management(), target=done),
    Row("ledger:work_log", **workplace()),
    Row("ledger:work_log_file", **management(), target=center, method="post", data=MONTH),
    Row("ledger:log_line", **management(), target=today),
    Row("ledger:log_line", **management(302), target=today, method="post", data={"text": "走访三户"}),
)
