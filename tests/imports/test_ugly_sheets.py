"""Sheets as they come, row by row: each with its exact outcome, in whatever file, by whatever program."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from accounts.models import User
from centers.models import Center
from common import clock
from imports.models import ImportRow
from tests.factories.sheets import HEADINGS, ods, outcomes, text, tried, xls, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

NEW, ASKED, REFUSED, LEFT_OUT, KNOWN = "new", "asked", "refused", "left_out", "known"
RARE = "𠮷家读书会𪚥"


@dataclasses.dataclass(frozen=True)
class Ugly:
    """A sheet, and what becomes of each of its rows: number, verdict, code; of new ones what they are read as."""

    name: str
    data: bytes
    rows: Sequence[tuple[Any, ...]]
    file: str = "2026年台账.xlsx"


def row(*cells: Any) -> tuple[Any, ...]:
    return cells


def sheet(*rows: Sequence[Any], headings: Sequence[str] = HEADINGS) -> list[Sequence[Any]]:
    return [headings, *rows]


def new(number: int, day: str, people: int, *times: str) -> tuple[Any, ...]:
    """A row that is new: its day, number of people, and start and end if it says hours."""
    return (number, NEW, "", day, people, *times)


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


def of_1904(page: Any) -> None:
    page.parent.epoch = CALENDAR_MAC_1904


SIMPLE = sheet(row("读书会", "2026-9-3", 20), row("义诊", "2026.9.4", "15人"))
READ = (new(2, "2026-09-03", 20), new(3, "2026-09-04", 15))
UGLY = (
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
        "days as people write them",
        xlsx(
            sheet(
                row("一", "2026.9.3", 1),
                row("二", "2026-9-3", 1),
                row("三", "2026年9月3日", 1),
                row("四", "九月三日", 1),
                row("五", "二〇二六年九月三日", 1),
                row("六", "9月3日", 1),
                row("七", "２０２６．９．３", 1),
                row("八", "2026 年 9 月 3 日（星期四）", 1),
                row("九", "26年9月3日", 1),
                row("十", "20260903", 1),
                row("十一", 20260903, 1),
                row("十二", "2026/09/03 00:00", 1),
                row("十三", dt.datetime(2026, 9, 3), 1),  # noqa: DTZ001 - as a workbook keeps it
                row("十四", "九月三号", 1),
                row("十五", "二零二六年九月二十三日", 1),
            )
        ),
        [*(new(n, "2026-09-03", 1) for n in range(2, 16)), new(16, "2026-09-23", 1)],
    ),
    Ugly(
        "hours as people write them",
        xlsx(
            sheet(
                row("一", "2026.9.3 14:00", 1),
                row("二", "9月3日下午2点", 1),
                row("三", "9月3日下午2点半到4点", 1),
                row("四", "2026年9月3日 14：00—16：30", 1),
                row("五", "9.3上午9:00-11:00", 1),
                row("六", "九月三日晚上七点", 1),
                row("七", dt.datetime(2026, 9, 3, 14, 30), 1),  # noqa: DTZ001
                row("八", "9月3日下午", 1),
                row("九", "9月3日 25:00", 1),
                row("十", "9月3日14点至13点", 1),
            )
        ),
        [
            new(2, "2026-09-03", 1, "14:00", "16:00"),
            new(3, "2026-09-03", 1, "14:00", "16:00"),
            new(4, "2026-09-03", 1, "14:30", "16:00"),
            new(5, "2026-09-03", 1, "14:00", "16:30"),
            new(6, "2026-09-03", 1, "09:00", "11:00"),
            new(7, "2026-09-03", 1, "19:00", "21:00"),
            new(8, "2026-09-03", 1, "14:30", "16:30"),
            (9, ASKED, "which_time"),
            (10, REFUSED, "time_unreadable"),
            (11, REFUSED, "ends_before_start"),
        ],
    ),
    Ugly(
        "days that aren't guessed",
        xlsx(
            sheet(
                row("一", "26/9/3", 1),
                row("二", "9月31日", 1),
                row("三", 9.3, 1),
                row("四", 9.15, 1),
                row("五", "2月30日", 1),
                row("六", "13月1日", 1),
                row("七", "2026年9月", 1),
                row("八", "近期", 1),
                row("九", None, 1),
                row("十", "2026.12.24", 1),
            )
        ),
        [
            (2, ASKED, "which_day"),
            (3, ASKED, "no_such_day"),
            (4, ASKED, "which_day_of_month"),
            new(5, "2026-09-15", 1),
            (6, ASKED, "no_such_day"),
            (7, REFUSED, "day_unreadable"),
            (8, REFUSED, "day_is_month"),
            (9, REFUSED, "day_unreadable"),
            (10, REFUSED, "day_missing"),
            (11, REFUSED, "not_held_yet"),
        ],
    ),
    Ugly(
        "a day without a year, none in the names",
        xlsx(sheet(row("一", "9月3日", 1))),
        [(2, ASKED, "which_year")],
        "台账.xlsx",
    ),
    Ugly(
        "two years in the name",
        xlsx(sheet(row("一", "9月3日", 1))),
        [(2, ASKED, "which_year")],
        "2025-2026台账.xlsx",
    ),
    Ugly(
        "serial numbers",
        xlsx(sheet(row("一", 46268, 1), row("二", 46268.604166666664, 1))),
        [new(2, "2026-09-03", 1), new(3, "2026-09-03", 1, "14:30", "16:30")],
    ),
    Ugly(
        "serial numbers since 1904", xlsx(sheet(row("一", 46268 - 1462, 1)), dress=of_1904), [new(2, "2026-09-03", 1)]
    ),
    Ugly(
        "several days",
        xlsx(sheet(row("一", "9月3日-5日", 1), row("二", "9.3—9.5", 1), row("三", "9月5日-3日", 1))),
        [new(2, "2026-09-03", 1), new(3, "2026-09-03", 1), (4, REFUSED, "day_unreadable")],
    ),
    Ugly(
        "numbers as people write them",
        xlsx(
            sheet(
                *(
                    row(f"活动{place}", "2026.9.3", people)
                    for place, people in enumerate(
                        (
                            "１２０人",
                            "1,860",
                            "1.2万",
                            "约120",
                            "120余人",
                            "120人次",
                            "一百二十人",
                            "约1.2百",
                            "近百人",
                            "一百来人",
                            "20-30人",
                            "党员20人，群众30人",
                            "若干",
                            "-5",
                            6.5,
                            "无",
                            None,
                            "20001",
                            0,
                        )
                    )
                )
            )
        ),
        [
            new(2, "2026-09-03", 120),
            new(3, "2026-09-03", 1860),
            new(4, "2026-09-03", 12000),
            new(5, "2026-09-03", 120),
            new(6, "2026-09-03", 120),
            new(7, "2026-09-03", 120),
            new(8, "2026-09-03", 120),
            new(9, "2026-09-03", 120),
            (10, ASKED, "about_number"),
            (11, ASKED, "about_number"),
            (12, ASKED, "which_number"),
            (13, ASKED, "which_number"),
            (14, REFUSED, "people_unreadable"),
            (15, REFUSED, "people_unreadable"),
            (16, REFUSED, "people_out_of_range"),
            (17, REFUSED, "people_missing"),
            (18, REFUSED, "people_missing"),
            (19, REFUSED, "people_out_of_range"),
            new(20, "2026-09-03", 0),
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
