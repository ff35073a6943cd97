"""Imports of the browser tests' world: one in each state that the pages show, one with long words."""

import datetime as dt
import uuid

from common import clock
from imports.choices import ImportState
from imports.models import Import
from imports.services.uploads import upload_sheet
from imports.services.work import run_import
from tests.factories.sheets import HEADINGS, xlsx
from tests.support.cast import Cast

LONG_WORDS = "红色教育主题影音放映暨居民议事协商与新时代文明实践志愿服务联合活动第一百二十三期活动台账记录"
NAMES = {"tried": "一", "imported": "二", "undone": "三", "running": "四"}
ROWS = (
    ("读书会", "2025.9.3", 22),
    ("童声苑", "26/9/3", 14),
    ("理发", "九月三日下午", "１２０人"),
    ("送福", "9月31日", 60),
    (LONG_WORDS, "2025.9.5", "一百来人"),
    ("新春送福", "2025.9.8", "约1.2百"),
    ("手工编织", "没写", 15),
    ("合计", None, 1860),
    ("十月份", None, None),
)


def make_imports(cast: Cast) -> dict[str, Import]:
    """Imports of the cast's center by their state. The worker isn't woken: what there is to do is done here."""
    made = {name: _uploaded(cast, f"2025年台账（{words}）.xlsx") for name, words in NAMES.items()}
    made["columns"] = _uploaded(cast, f"{LONG_WORDS}.xlsx")
    for name in NAMES:
        _work(made[name], ImportState.CHECKING)
    _work(made["imported"], ImportState.WRITING)
    _work(made["undone"], ImportState.DONE)
    Import.objects.filter(pk=made["undone"].pk).update(state=ImportState.UNDONE)
    # Held by somebody, for longer than the tests take.
    running = Import.objects.filter(pk=made["running"].pk)
    held = {"runner": uuid.uuid4(), "beat_at": clock.now() + dt.timedelta(days=1)}
    running.update(state=ImportState.WRITING, tries=0, total=1204, position=771, **held)
    return made


def _uploaded(cast: Cast, name: str) -> Import:
    return upload_sheet(actor=cast["staff"], center=cast.center, name=name, data=xlsx([HEADINGS, *ROWS]))


def _work(imported: Import, state: ImportState) -> None:
    Import.objects.filter(pk=imported.pk).update(state=state)
    run_import(imported.pk)
