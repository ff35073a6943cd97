"""Sheets that people send and get: xlsx, xls, ods and text (CSV), read under guard and written so that nothing runs.

What a file is is told by its content, not by its name. Whatever can't be read is refused in a sentence, and so is what
would unpack to more than a sheet of that kind ever holds: it is looked at before it is read.
"""

import datetime as dt

from common.sheets.exceptions import SheetEmpty, SheetTooLarge, SheetUnreadable
from common.sheets.limits import Limits
from common.sheets.reading import Sheet, SheetRow, Value, open_sheet

Cell = str | dt.date


def read_sheet(data: bytes, *, most_rows: int) -> list[list[Cell]]:
    """Read the rows of the first sheet as words and days, blank rows as empty lists.

    Row n of the sheet is item n − 1. Raises SheetUnreadable, SheetTooLarge or SheetEmpty.
    """
    rows: list[list[Cell]] = []
    for row in open_sheet(data, Limits(most_rows)).rows:
        rows.extend([] for _blank in range(row.number - 1 - len(rows)))
        rows.append([as_words(value) for value in row.cells])
    if not rows:
        raise SheetEmpty
    return rows


def as_words(value: Value) -> Cell:
    """Value of a cell as people read it, days as days, a moment as its day."""
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, dt.date) else str(value)


__all__ = [
    "Cell",
    "Limits",
    "Sheet",
    "SheetEmpty",
    "SheetRow",
    "SheetTooLarge",
    "SheetUnreadable",
    "Value",
    "as_words",
    "open_sheet",
    "read_sheet",
]
