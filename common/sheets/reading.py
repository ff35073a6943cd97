"""Reading of a sheet row by row, with the types of its cells, whatever kind of file it is in."""

import csv
import dataclasses
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, cast

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from common.sheets.archives import unpacked
from common.sheets.exceptions import SheetTooLarge, SheetUnreadable
from common.sheets.limits import MOST_COLUMNS, Limits
from common.sheets.ods import Range
from common.text import EMPTY, VARIANTS, cleaned_text

Value = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta
ZIP, OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# Other kinds of file, which would pass for text: pages of the web, as old programs call "xls", and documents.
NO_TEXT = ("<", "%PDF", "{\\rtf")
# Printable, and yet nothing to see (`common.text`).
UNUSUAL = re.compile(f"[{EMPTY}{VARIANTS}]")
SEPARATORS = "\t;,，"
LINES_SNIFFED = 20
# Written before what a program would take for a formula (`common.sheets.writing`); it isn't part of the text.
SHIELDED = re.compile(r"'(?=['=+\-@\t\r])")


@dataclasses.dataclass(frozen=True)
class SheetRow:
    """Row of a sheet. `number` as the sheet counts it, from 1; `inherited`: columns filled from a merged cell above."""

    number: int
    cells: list[Value]
    is_hidden: bool = False
    inherited: frozenset[int] = frozenset()


@dataclasses.dataclass(frozen=True)
class Sheet:
    """An open sheet: its name (blank of a text), the names of all that the file shows, and its rows, to be read once.

    `height`: number of the last row with something in it. `is_1904`: its days are counted from 1904, which matters to a
    number that was meant as a day. `positions`: where in the file each of `names` is.
    """

    name: str
    names: tuple[str, ...]
    positions: tuple[int, ...]
    rows: Iterator[SheetRow]
    height: int
    is_1904: bool = False


def open_sheet(data: bytes, limits: Limits, *, name: str = "", position: int | None = None) -> Sheet:
    """Open the sheet of that name, else the first one that isn't hidden. What it is in is told by its content.

    `position`: where it is, for who has opened another sheet of the file and knows: the file is then unpacked once.
    Blank rows are left out. Raises SheetUnreadable, SheetTooLarge.
    """
    if len(data) > limits.most_bytes:
        raise SheetTooLarge(rows=limits.most_rows)
    if data.startswith(ZIP):
        return _packed(data, limits, name, position or 0)
    if data.startswith(OLD_WORKBOOK):
        return _old_workbook(data, limits, name)
    return _text(data, limits)


def _packed(data: bytes, limits: Limits, name: str, guess: int) -> Sheet:
    with unpacked(data, limits, guess) as first, _book(first.path) as book:
        position, shown = _choose(book, name)
        if position == guess:
            return _sheet(book, guess, shown, first.hidden, first.merged, limits, is_1904=first.is_1904)
    with unpacked(data, limits, position) as found, _book(found.path) as book:
        return _sheet(book, position, shown, found.hidden, found.merged, limits, is_1904=found.is_1904)


def _old_workbook(data: bytes, limits: Limits, name: str) -> Sheet:
    with _book(io.BytesIO(data)) as book:
        position, shown = _choose(book, name)
        return _sheet(book, position, shown, frozenset(), None, limits)


class _book:  # noqa: N801 - a context manager, used as a function
    """Workbook of the library, whose complaints become SheetUnreadable."""

    def __init__(self, source: Any) -> None:
        self.source = source

    def __enter__(self) -> CalamineWorkbook:
        try:
            read = CalamineWorkbook.from_path if isinstance(self.source, str) else CalamineWorkbook.from_filelike
            self.book = read(self.source)
        except (CalamineError, PasswordError, ValueError, IndexError, OSError) as error:
            raise SheetUnreadable from error
        return self.book

    def __exit__(self, *error: object) -> None:
        self.book.close()


def _choose(book: CalamineWorkbook, name: str) -> tuple[int, dict[str, int]]:
    """Position of the sheet of that name or of the first one shown, and those of all shown, by their names."""
    shown = [
        (position, sheet.name)
        for position, sheet in enumerate(book.sheets_metadata)
        if sheet.visible == SheetVisibleEnum.Visible
    ]
    if not shown:
        raise SheetUnreadable
    chosen = next((position for position, called in shown if called == name), shown[0][0])
    return chosen, {called: position for position, called in shown}


def _sheet(
    book: CalamineWorkbook,
    position: int,
    shown: dict[str, int],
    hidden: frozenset[int],
    merged: list[Range] | None,
    limits: Limits,
    *,
    is_1904: bool = False,
) -> Sheet:
    try:
        sheet = book.get_sheet_by_index(position)
        if merged is None:
            merged = list(sheet.merged_cell_ranges or ())
    except (CalamineError, ValueError, IndexError, OSError) as error:
        raise SheetUnreadable from error
    if sheet.start and (sheet.total_height > limits.most_rows or sheet.total_width > MOST_COLUMNS):
        raise SheetTooLarge(rows=limits.most_rows)
    rows = (dataclasses.replace(row, is_hidden=True) if row.number in hidden else row for row in _filled(sheet, merged))
    return Sheet(
        sheet.name, tuple(shown), tuple(shown.values()), rows, sheet.total_height if sheet.start else 0, is_1904
    )


def _filled(sheet: CalamineSheet, merged: Iterable[Range]) -> Iterator[SheetRow]:
    """Rows with something in them; what was merged downwards stands in each row that it covers.

    A cell merged sideways (a title) stays one cell.
    """
    begins: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _right) in merged:
        if bottom > top:
            begins.setdefault(top, []).append((left, bottom))
    down: dict[int, tuple[int, Value]] = {}
    for number, cells in enumerate(_whole_rows(sheet)):
        row = _trimmed([_value(cell) for cell in cells])
        inherited = set()
        for column, (last, value) in list(down.items()):
            if number > last:
                del down[column]
            elif column >= len(row) or row[column] == "":
                row.extend([""] * (column + 1 - len(row)))
                row[column] = value
                inherited.add(column)
        for column, last in begins.pop(number, ()):
            if column < len(row) and row[column] != "":
                down[column] = (last, row[column])
        if row:
            yield SheetRow(number + 1, row, inherited=frozenset(inherited))


def _whole_rows(sheet: CalamineSheet) -> Iterator[list[Any]]:
    """Rows of the sheet from its first on; the library leaves out the blank columns before the first filled one."""
    start = sheet.start
    before = [""] * start[1] if start else []
    for cells in sheet.iter_rows():
        yield before + cells if before else cells


def _text(data: bytes, limits: Limits) -> Sheet:
    """A text, looked through before its first row is given. Raises SheetUnreadable, SheetTooLarge."""
    words = _decoded(data)
    if "\0" in words or words.lstrip().startswith(NO_TEXT):
        raise SheetUnreadable
    separator, height = _separator(words), 0
    try:
        for number, cells in enumerate(_lines(words, separator), start=1):
            if any(cells) and any(cell.strip() for cell in cells):
                height = number
                _must_fit(height, cells, limits)
    except csv.Error as error:
        raise SheetUnreadable from error
    return Sheet("", (), (), _text_rows(words, separator), height)


def _lines(words: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(words, newline=""), delimiter=separator)


def _must_fit(number: int, cells: list[str], limits: Limits) -> None:
    if number > limits.most_rows or (len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:])):
        raise SheetTooLarge(rows=limits.most_rows)


def _text_rows(words: str, separator: str) -> Iterator[SheetRow]:
    for number, cells in enumerate(_lines(words, separator), start=1):
        row = _trimmed([_value(SHIELDED.sub("", cell, count=1) if cell[:1] == "'" else cell) for cell in cells])
        if row:
            yield SheetRow(number, row[:MOST_COLUMNS])


def _separator(words: str) -> str:
    """The sign that most of the first lines are parted by; of two, that which parts more."""
    lines = [line for line in words[:20_000].splitlines() if line.strip()][:LINES_SNIFFED]

    def parted(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines]
        return sum(map(bool, counts)), sum(counts)

    return max(SEPARATORS, key=parted)


def _decoded(data: bytes) -> str:
    """Text of a file in UTF-8 (with a mark of byte order or without), UTF-16, or GB 18030. Raises SheetUnreadable."""
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetUnreadable


def _value(value: Any) -> Value:
    """Value of a cell: text cleaned, a number without a fraction whole, a moment at midnight its day."""
    if isinstance(value, str):
        return _cleaned(value) if value else ""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time.min:
        return value.date()
    return cast(Value, value)


def _cleaned(text: str) -> str:
    """The text as `cleaned_text` gives it; most has nothing in it to be cleaned, which is seen faster."""
    if text.isprintable() and not UNUSUAL.search(text) and unicodedata.is_normalized("NFC", text):
        return text.strip()
    return cleaned_text(text.replace("\0", ""))


def _trimmed(row: list[Value]) -> list[Value]:
    """The row without the blank cells at its end."""
    while row and row[-1] == "":
        row.pop()
    return row
