"""Rows of a sheet as people write them: headings, dates, numbers."""

import datetime as dt
from typing import Any

import pytest

from organizations.choices import OrganizationType
from organizations.values.import_rows import HEADINGS, read_rows, to_lines
from tests.factories.organizations import rows_of, sheet_row

PHONE = "19900000006"


@pytest.mark.parametrize(
    "words",
    [
        "2026-09-03",
        "2026.9.3",
        "2026/9/3",
        "2026年9月3日",
        "２０２６．９．３",
        " 2026 年 9 月 3 日 ",
        dt.date(2026, 9, 3),
    ],
)
def test_dates_as_people_write_them(words: Any) -> None:
    [row] = rows_of(sheet_row(成立日期=words))
    assert (row.founded_on, row.faults) == (dt.date(2026, 9, 3), [])


@pytest.mark.parametrize("words", [19900000006, "199 0000 0006", "+86-199-0000-0006", "１９９０００００００６"])
def test_numbers_as_people_write_them(words: Any) -> None:
    [row] = rows_of(sheet_row(联系人="演示联络员01", 手机=words))
    assert (row.phone, row.faults) == (PHONE, [])


def test_headings_are_found_below_a_title_in_any_order_and_by_other_names() -> None:
    rows = [["2026年组织名册"], [], ["序号", "党组织名称（全称）", "组织类型*", " 联 系 电 话 ", "联络员"]]
    sheet = [*rows, ["1", "演示支部", "支部", PHONE, "演示联络员01"], [], ["2", "演示总支", "总支", "", ""]]
    lines = to_lines(sheet)
    assert lines is not None
    first, second = read_rows(lines)
    assert (first.number, first.name, first.type, first.liaison, first.phone) == (
        4,
        "演示支部",
        OrganizationType.BRANCH,
        "演示联络员01",
        PHONE,
    )
    assert (second.number, second.type, second.faults) == (6, OrganizationType.GENERAL_BRANCH, [])
    assert to_lines([["名称", "备注"], ["演示支部", "党支部"]]) is None
    assert to_lines([list(HEADINGS)]) == []
