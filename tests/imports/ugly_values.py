"""Ugly sheets whose days, hours and numbers are written in every manner."""

import datetime as dt
from typing import Any

from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.factories.sheets import xlsx
from tests.imports.ugly import ASKED, REFUSED, Ugly, new, row, sheet


def of_1904(page: Any) -> None:
    page.parent.epoch = CALENDAR_MAC_1904


UGLY_VALUES = (
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
)
