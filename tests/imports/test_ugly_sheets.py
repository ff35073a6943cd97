"""Sheets as they come, row by row: each with its exact outcome, in whatever file, by whatever program."""

import datetime as dt
from typing import Any

import pytest

from accounts.models import User
from centers.models import Center
from common import clock
from imports.models import ImportRow
from tests.factories.sheets import HEADINGS, ods, outcomes, text, tried, xls, xlsx
from tests.imports.ugly import ASKED, KNOWN, LEFT_OUT, NEW, REFUSED, Ugly, new, row, sheet
from tests.imports.ugly_values import UGLY_VALUES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
RARE = "𠮷家读书会𪚥"


def merged_title(page: Any) -> None:
    page.insert_rows(1, 2)
    page["A1"] = "水洞埭社区2026年活动台账"
    page["A2"] = "单位：演示中心"
    page.merge_cells("A1:C1")


def merged_day(page: Any) -> None:
    page.merge_cells("B2:B4")


def merged_people(page: Any) -> None:
    page.merge_cells("C2:C3")


def hidden_third(page: Any) -> None:
    page.row_dimensions[3].hidden = True


SIMPLE = sheet(row("读书会", "2026-9-3", 20), row("义诊", "2026.9.4", "15人"))
READ = (new(2, "2026-09-03", 20), new(3, "2026-09-04", 15))
UGLY = (
    *UGLY_VALUES,
    Ugly("text utf-8", text(SIMPLE), READ),
    Ugly("text with a mark", text(SIMPLE, encoding="utf-8-sig"), READ),
    Ugly(
        "text gb18030, semicolons, old line ends", text(SIMPLE, separator=";", line_end="\r", encoding="gb18030"), READ
    ),
    Ugly("text utf-16, tabs", text(SIMPLE, separator="\t", line_end="\n", encoding="utf-16"), READ),
    Ugly("old workbook", xls(SIMPLE), READ),
    Ugly("open document", ods(SIMPLE), READ),
    Ugly("open document under another name", ods(SIMPLE), READ, "2026.xls"),
    Ugly(
        "titles above merged",
        xlsx(sheet(row("读书会", "9月3日", 20)), dress=merged_title),
        [new(4, "2026-09-03", 20)],
        "台账.xlsx",
    ),
    Ugly(
        "one day merged over three rows",
        xlsx(sheet(row("读书会", "2026.9.3", 20), row("义诊", None, 15), row("理发", None, 9)), dress=merged_day),
        [new(2, "2026-09-03", 20), new(3, "2026-09-03", 15), new(4, "2026-09-03", 9)],
    ),
    Ugly(
        "merged in an old workbook",
        xls(sheet(row("读书会", "2026.9.3", 20), row("义诊", None, 15)), merge=[(1, 2, 1, 1)]),
        [new(2, "2026-09-03", 20), new(3, "2026-09-03", 15)],
    ),
    Ugly(
        "one number merged over two activities counts once",
        xlsx(sheet(row("读书会", "2026.9.3", 20), row("义诊", "2026.9.3", None)), dress=merged_people),
        [new(2, "2026-09-03", 20), (3, ASKED, "people_of_several")],
    ),
    Ugly(
        "hidden rows",
        xlsx(sheet(row("读书会", "2026.9.3", 20), row("义诊", "2026.9.4", 15)), dress=hidden_third),
        [new(2, "2026-09-03", 20), (3, ASKED, "hidden_row")],
    ),
    Ugly("hidden rows of an open document", ods(SIMPLE, hidden=[3]), [READ[0], (3, ASKED, "hidden_row")]),
    Ugly(
        "sums, titles between, headings again, blanks",
        xlsx(
            sheet(
                row("读书会", "2026.9.3", 20),
                row("小计", None, 20),
                row("十月份", None, None),
                HEADINGS,
                row(None, None, None, None, "备考"),
                row("义诊", "2026.10.4", 15),
                row(None, "合　计", 35),
                row("总计：", None, 35),
            )
        ),
        [
            new(2, "2026-09-03", 20),
            (3, ASKED, "sum_row"),
            (4, LEFT_OUT, "title_row"),
            (5, LEFT_OUT, "headings_again"),
            (6, LEFT_OUT, "title_row"),
            new(7, "2026-10-04", 15),
            (8, ASKED, "sum_row"),
            (9, ASKED, "sum_row"),
        ],
    ),
    Ugly(
        "formulas, as they came to and as text",
        xlsx(sheet(row('=HYPERLINK("http://x.example","点")', "2026.9.3", 1), row("读书会", "2026.9.3", "=1+1"))),
        # No program has reckoned them: there is nothing in the cells.
        [(2, REFUSED, "title_missing"), (3, REFUSED, "people_missing")],
    ),
    Ugly(
        "rare characters, signs and line breaks in titles",
        text(
            sheet(row(RARE, "2026.9.3", 1), row("'=1+1", "2026.9.3", 2), row('"甲,""乙""\n丙"', "2026.9.3", 3)),
            encoding="gb18030",
        ),
        [new(2, "2026-09-03", 1), new(3, "2026-09-03", 2), new(4, "2026-09-03", 3)],
    ),
    Ugly(
        "the same row twice, and twice with another number",
        xlsx(sheet(row("读书会", "2026.9.3", 20), row("读 书 会", "9月3日", "20人"), row("读书会", "2026-9-3", 25))),
        [new(2, "2026-09-03", 20), (3, KNOWN, "known_in_file"), (4, ASKED, "twice_in_file")],
    ),
    Ugly(
        "two sessions of one day",
        xlsx(sheet(row("义诊", "2026.9.3 9:00", 20), row("义诊", "2026.9.3 14:00", 20))),
        [new(2, "2026-09-03", 20, "09:00", "11:00"), new(3, "2026-09-03", 20, "14:00", "16:00")],
    ),
    Ugly(
        "kinds, lines, places and times in columns of their own",
        xlsx(
            sheet(
                row(1, "培训", "读书会", dt.date(2026, 9, 3), dt.time(9, 0), dt.time(11, 0), "二楼", 20, "妇联"),
                row(2, "志愿", "义诊", dt.date(2026, 9, 4), "14:00", "16:00", "广场", 15, "水利"),
                row(3, "趣味", "游戏", dt.date(2026, 9, 5), None, None, None, 9, None),
                headings=(
                    "序号",
                    "类 别",
                    "活动主题",
                    "日期",
                    "开始时间",
                    "结束时间",
                    "地点/场地",
                    "人数（人）",
                    "条线",
                ),
            )
        ),
        [
            new(2, "2026-09-03", 20, "09:00", "11:00"),
            new(3, "2026-09-04", 15, "14:00", "16:00"),
            (4, ASKED, "which_kind"),
        ],
    ),
    Ugly(
        "what is too long",
        xlsx(
            sheet(
                row("长" * 61, "2026.9.3", 1, None),
                row("读书会", "2026.9.3", 1, "长" * 201),
                headings=(*HEADINGS, "备注"),
            )
        ),
        [(2, REFUSED, "too_long"), (3, ASKED, "note_too_long")],
    ),
    Ugly(
        "a blank line, a column before, and a table that begins further down",
        xlsx([[], [None, "台账"], [], [None, *HEADINGS], [], [None, "读书会", "2026.9.3", 20]]),
        [new(6, "2026-09-03", 20)],
    ),
)


def as_told(found: ImportRow) -> tuple[Any, ...]:
    """The row as the table above tells it."""
    if found.verdict != NEW:
        return (found.number, found.verdict, found.code)
    values = found.values
    times = ()
    if values["has_time"]:
        times = tuple(
            clock.local(dt.datetime.fromisoformat(values[name])).strftime("%H:%M") for name in ("starts_at", "ends_at")
        )
    return (found.number, found.verdict, "", values["day"], values["people"], *times)


@pytest.mark.parametrize("ugly", UGLY, ids=lambda ugly: ugly.name)
def test_row_by_row(ugly: Ugly, village: Center, staff: User) -> None:
    imported = tried(staff, village, ugly.data, name=ugly.file)
    assert [as_told(found) for found in imported.rows.order_by("number")] == list(ugly.rows)
    assert outcomes(imported)


def test_there_are_at_least_twenty_of_them() -> None:
    assert len(UGLY) >= 20
    assert len({ugly.name for ugly in UGLY}) == len(UGLY)
