"""Ledgers of the browser tests' world: files in each state, lines of two days."""

import datetime as dt

from common import clock
from ledger.choices import ExportFormat, ExportKind, ExportState
from ledger.models import LedgerExport
from ledger.services.log_lines import write_line
from tests.support.cast import Cast

DAY = dt.timedelta(days=1)
LINE = "走访独居老人三户，反映楼道灯不亮，已转物业；下午接待邻村参观二十人，借用多功能厅；雨，户外活动改到室内。"


def make_ledger_files(cast: Cast) -> dict[str, LedgerExport]:
    """A file in each state; those of the same month differ in format or language, as they must."""
    month, now = clock.today().replace(day=1), clock.now()
    done = {
        "state": ExportState.DONE,
        "checksum": "0123456789abcdef" * 4,
        "size": 1_234_567,
        "kept_until": now + 7 * DAY,
    }
    states: dict[str, dict[str, object]] = {
        "running": {"state": ExportState.RUNNING, "heard_at": now + DAY, "done": 3, "total": 12},
        "made": {**done, "file_name": "月度台账_演示党群服务中心_2026-11_20261130-1605_0123456789ab.zip"},
        "failed": {"state": ExportState.FAILED, "error": "font_missing"},
        "swept": done,
    }
    return {
        name: LedgerExport.objects.create(
            kind=ExportKind.MONTH,
            format=ExportFormat.ZIP,
            center=cast.center,
            month=month,
            language="zh-hans",
            made_by=cast["staff"],
            **fields,
        )
        for name, fields in states.items()
    }


def make_log_days(cast: Cast) -> list[dt.date]:
    """A day without a line, and one whose long line was corrected once."""
    free, written = clock.today() - DAY, clock.today() - 2 * DAY
    staff, center = cast["staff"], cast.center
    first = write_line(actor=staff, center=center, day=written, text="走访三户")
    write_line(actor=staff, center=center, day=written, text=LINE, corrects=first.pk)
    return [free, written]
