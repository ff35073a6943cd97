"""Sheets that people send: the first sheet of a workbook (xlsx) or a text file (CSV) as rows of words and dates.

What it is is told by its content, not by its name. Whatever can't be read is refused in a sentence, and so is what
would unpack to more than a sheet of that kind ever holds: it is looked at before it is read.
"""

import csv
import datetime as dt
import io
import re
import zipfile
from typing import Any

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from common.errors import DomainError
from common.text import cleaned_text

Cell = str | dt.date
MOST_BYTES = 5 * 2**20
MOST_UNPACKED = 60 * 2**20
MOST_COLUMNS = 200
ZIP, OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
SEPARATORS = "\t;,，"
# A cell with something in it: its column, its row. The reader makes room for all cells up to the farthest. Attributes
# are short; bounds keep the search from going back and forth in a file made for that.
FILLED = re.compile(
    rb"""<(?:\w{1,9}:)?c\b[^<>]{0,200}?\br\s?=\s?["']([A-Za-z]{1,9})([0-9]{1,9})["'][^<>]{0,200}(?<!/)>\s{0,9}"""
    rb"""<(?:\w{1,9}:)?(?:v|is|f)\b"""
)


class SheetUnreadable(DomainError):
    code = "sheet_unreadable"
    message = _("This file can't be read. Save the sheet as xlsx or CSV, without a password, and send it again.")
    status = 422
    field = "file"


class SheetTooLarge(DomainError):
    code = "sheet_too_large"
    message = _("This sheet is too large: at most %(rows)s rows can be sent at a time.")
    status = 422
    field = "file"


class SheetEmpty(DomainError):
    code = "sheet_empty"
    message = _("There is nothing in this sheet.")
    status = 422
    field = "file"


def read_sheet(data: bytes, *, most_rows: int) -> list[list[Cell]]:
    """Read the rows of a sheet, numbers as people write them, blank rows as empty lists.

    Row n of the sheet is item n − 1. Raises SheetUnreadable, SheetTooLarge or SheetEmpty.
    """
    if len(data) > MOST_BYTES:
        raise SheetTooLarge(rows=most_rows)
    if data.startswith(OLD_WORKBOOK):
        raise SheetUnreadable
    rows = _workbook(data, most_rows) if data.startswith(ZIP) else _text(data, most_rows)
    while rows and not rows[-1]:
        rows.pop()
    if not rows:
        raise SheetEmpty
    return rows


def _workbook(data: bytes, most_rows: int) -> list[list[Cell]]:
    _check_unpacked(data, most_rows)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError, OSError) as error:
        raise SheetUnreadable from error
    return [_trimmed([_cell(value) for value in row]) for row in rows]


def _check_unpacked(data: bytes, most_rows: int) -> None:
    """Refuse an archive that isn't whole, unpacks to too much, or has cells far out. Raises as `read_sheet`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise SheetTooLarge(rows=most_rows)
            # What lies about its size fails its checksum.
            if archive.testzip() is not None:
                raise SheetUnreadable
            for part in parts:
                if part.filename.startswith("xl/worksheets/"):
                    _check_reach(archive.read(part), most_rows)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise SheetUnreadable from error


def _check_reach(sheet: bytes, most_rows: int) -> None:
    for found in FILLED.finditer(sheet):
        column, row = found.groups()
        if int(row) > most_rows or _number_of(column) > MOST_COLUMNS:
            raise SheetTooLarge(rows=most_rows)


def _number_of(column: bytes) -> int:
    """Number of a column by its letters: A is 1, AA is 27."""
    number = 0
    for letter in column.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _text(data: bytes, most_rows: int) -> list[list[Cell]]:
    words = _decoded(data)
    if "\0" in words:
        raise SheetUnreadable
    head = words.lstrip().partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    try:
        rows: list[list[Cell]] = []
        for row in csv.reader(io.StringIO(words, newline=""), delimiter=separator):
            if len(rows) >= most_rows or len(row) > MOST_COLUMNS:
                raise SheetTooLarge(rows=most_rows)
            rows.append(_trimmed([_cell(value) for value in row]))
    except csv.Error as error:
        raise SheetUnreadable from error
    return rows


def _decoded(data: bytes) -> str:
    """Text of a file in UTF-8 (with a mark of byte order or without), UTF-16 with one, or GB 18030."""
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetUnreadable


def _cell(value: Any) -> Cell:
    """Value of a cell as people read it: a whole number without its point, a moment's day, cleaned text."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return cleaned_text(str(value))


def _trimmed(row: list[Cell]) -> list[Cell]:
    """The row without the blank cells at its end."""
    while row and not row[-1]:
        row.pop()
    return row
