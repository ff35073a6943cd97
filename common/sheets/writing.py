"""Sheets for people to open: xlsx and CSV in which numbers are numbers and nothing that was typed runs as a formula."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

Written = str | int | float | dt.datetime | dt.date | None
TEXT_TYPE = "s"
MOMENT_FORMAT, DAY_FORMAT = "yyyy-mm-dd hh:mm", "yyyy-mm-dd"
# Beginnings of what programs take for a formula, and the shield itself, so that it can be taken off again.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "'")
SHIELD = "'"
MARK = "\ufeff"


def workbook(title: str, rows: Iterable[Sequence[Written]]) -> bytes:
    """The rows as an xlsx file: text in cells of text, moments in Shanghai time (naive) as dates."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def text(rows: Iterable[Sequence[Written]]) -> bytes:
    """The rows as CSV in UTF-8 with the mark that Excel looks for; text that looks like a formula is shielded."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([_shielded(value) for value in row] for row in rows)
    return (MARK + file.getvalue()).encode()


def _cell(sheet: Any, value: Written) -> Any:
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = TEXT_TYPE
    elif isinstance(value, dt.datetime):
        cell.number_format = MOMENT_FORMAT
    elif isinstance(value, dt.date):
        cell.number_format = DAY_FORMAT
    return cell


def _shielded(value: Written) -> Written:
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{SHIELD}{value}" if isinstance(value, str) and value.startswith(FORMULA_SIGNS) else value
