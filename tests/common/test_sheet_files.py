"""Sheets to take along: text stays text, in both kinds of file."""

import io

import pytest
from openpyxl import load_workbook

from common.sheet_files import csv_text, workbook

HEAD = ["编码", "名称"]
EVIL = ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "a\x0bb"]


def test_a_workbook_holds_its_rows_as_they_are() -> None:
    rows = [["330482", 7], ["文", 0], *([value, 1] for value in EVIL)]
    sheet = load_workbook(io.BytesIO(workbook(HEAD, rows))).active
    assert sheet is not None
    cells = [list(row) for row in sheet.iter_rows()]
    assert [[cell.value for cell in row] for row in cells[:3]] == [HEAD, ["330482", 7], ["文", 0]]
    assert [row[0].value for row in cells[3:]] == ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "ab"]
    assert {row[0].data_type for row in cells} == {"s"}, "none is a formula"


@pytest.mark.parametrize("value", EVIL[:5])
def test_csv_says_no_formula_and_is_read_as_unicode(value: str) -> None:
    written = csv_text(HEAD, [[value, 3]])
    assert written.startswith(b"\xef\xbb\xbf")
    line = written.decode("utf-8-sig").split("\r\n", 1)[1]
    assert line.lstrip('"').startswith(f"'{value[0]}")
