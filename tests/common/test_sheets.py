"""Sheets read as rows of words and dates; bad files refused in a sentence."""

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook

from common.sheets import Limits, SheetEmpty, SheetTooLarge, SheetUnreadable, read_sheet

MOST_BYTES, MOST_UNPACKED = Limits.most_bytes, Limits.most_unpacked

ROWS = [["名称", "类型"], ["演示，支部", "党支部"], [], ["𠮷田支部", "2026.9.3"]]
TEXT = "名称,类型\r\n演示，支部,党支部\r\n\r\n𠮷田支部,2026.9.3\r\n"


def read(data: bytes, most_rows: int = 100) -> list[list[Any]]:
    return read_sheet(data, most_rows=most_rows)


def packed(**cells: Any) -> bytes:
    """A workbook with these cells."""
    book = Workbook()
    for place, value in cells.items():
        book.worksheets[0][place] = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(data: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one part replaced, or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_text_in_any_encoding(encoding: str, line_end: str) -> None:
    assert read(TEXT.replace("\r\n", line_end).encode(encoding)) == ROWS


@pytest.mark.parametrize("separator", ["\t", ";", "，"])
def test_text_with_any_separator(separator: str) -> None:
    assert read(f"名称{separator}类型\n演示{separator}党支部".encode()) == [["名称", "类型"], ["演示", "党支部"]]


def test_quotes_hold_separators_and_line_ends() -> None:
    assert read('名称,类型\n"演示,""一""\n支部",党支部'.encode())[1] == ['演示,"一"\n支部', "党支部"]


def test_a_workbook_as_people_see_it() -> None:
    cells = {"A1": "名称", "B2": 13800000001, "C2": 1.5, "D2": dt.date(1921, 7, 23), "E2": True, "A4": "\u200b𠮷 "}
    assert read(packed(**cells)) == [["名称"], ["", "13800000001", "1.5", dt.date(1921, 7, 23), "True"], [], ["𠮷"]]


def test_a_moment_is_its_day_and_formulas_give_what_they_came_to() -> None:
    assert read(packed(A1=dt.datetime.combine(dt.date(2026, 9, 3), dt.time(14, 30)))) == [[dt.date(2026, 9, 3)]]
    assert read(packed(A1="x", B1="=1+1"))[0][0] == "x"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04 and nothing more",
        b"\xd0\xcf\x11\xe0 an old workbook",
        b"\x81",
        b"a\0b",
        b"\xff\xfe\x00",
        packed(A1="x")[:-200],
        repacked(packed(A1="x"), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"),
        repacked(packed(A1="x"), "xl/workbook.xml", b"no xml"),
        repacked(packed(A1="x"), "xl/workbook.xml", b"<workbook/>"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes) -> None:
    with pytest.raises((SheetUnreadable, SheetEmpty)):
        read(data)


@pytest.mark.parametrize("data", [b"", b"\n\n", "\ufeff".encode(), packed()])
def test_nothing_is_said_too(data: bytes) -> None:
    with pytest.raises(SheetEmpty):
        read(data)


def test_a_bomb_is_not_unpacked() -> None:
    bomb = repacked(packed(A1="x"), "xl/media/image1.png", b"\0" * (MOST_UNPACKED + 1))
    assert len(bomb) < MOST_BYTES / 10
    with pytest.raises(SheetTooLarge):
        read(bomb)


def test_a_bomb_that_lies_about_its_size_is_not_believed() -> None:
    bomb = bytearray(repacked(packed(A1="x"), "xl/worksheets/sheet1.xml", b" " * 10**6))
    # The size unpacked, in the local head and in the directory, both little-endian.
    truth, lie = (10**6).to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert bomb.count(truth) >= 1
    with pytest.raises(SheetUnreadable):
        read(bytes(bomb.replace(truth, lie)))


@pytest.mark.parametrize("cell", ["A101", "A1048576", "ZZ1", "XFD1"])
def test_a_cell_far_out_is_too_large(cell: str) -> None:
    """The reader would make room for each cell before it: 17 thousand million of them."""
    with pytest.raises(SheetTooLarge) as error:
        read(packed(A1="名称", **{cell: "far"}))
    assert "100" in str(error.value)


def test_the_last_row_allowed_is_allowed() -> None:
    assert len(read(packed(A100="x"))) == 100 == len(read(b"x\n" * 100))
    with pytest.raises(SheetTooLarge):
        read(b"x\n" * 101)


def test_a_style_far_out_is_no_cell() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "名称"
    sheet["XFD1048576"].number_format = "0.00"
    file = io.BytesIO()
    book.save(file)
    assert read(file.getvalue()) == [["名称"]]


def test_too_many_bytes_are_not_read_at_all() -> None:
    with pytest.raises(SheetTooLarge):
        read(b"x" * (MOST_BYTES + 1))
