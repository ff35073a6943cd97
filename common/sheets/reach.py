"""Reach of a worksheet (xlsx): its farthest cell with something in it, and its hidden rows, read from a stream.

The library makes room for all cells up to the farthest, so that one cell far out would fill the memory.
"""

import re

from common.sheets.exceptions import SheetTooLarge, SheetUnreadable
from common.sheets.limits import MOST_COLUMNS, Limits

# Attributes with their quotes, which may hold the sign that ends a tag. Possessive: nothing is tried twice.
_ATTRIBUTES = rb"""((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)"""
PIECE = re.compile(
    rb"<(?:\w{1,9}:)?(?:(row)\b" + _ATTRIBUTES + rb">|c\b" + _ATTRIBUTES + rb">(\s{0,9}<(?:\w{1,9}:)?(?:v|is|f)\b)?)"
)
ROW_NUMBER = re.compile(rb"""\br\s?=\s?["']([0-9]{1,9})["']""")
CELL_PLACE = re.compile(rb"""\br\s?=\s?["']([A-Za-z]{1,9})([0-9]{1,9})["']""")
HIDDEN = re.compile(rb"""\bhidden\s?=\s?["'](?:1|true)["']""")
ROW_TAG = re.compile(rb"<(?:\w{1,9}:)?row\b" + _ATTRIBUTES + rb">")
LONGEST_TAG = 2**20


def unlike_an_ordinary_cell(most_rows: int) -> re.Pattern[bytes]:
    """Pattern of cells that say where they are in no ordinary way, or may be too far out; of all others nothing is far.

    An ordinary cell begins with its place, in a column up to GR, in a row of fewer digits than the last one allowed.
    """
    digits = max(len(str(most_rows)) - 1, 1)
    ordinary = rb' r="(?:[A-Z]|[A-F][A-Z]|G[A-R])[0-9]{1,%d}"' % digits
    return re.compile(rb"<(?:\w{1,9}:)?c(?=[\s/>])(?!" + ordinary + rb")")


class Reach:
    """Reach of the parts of a worksheet fed so far. `hidden`: numbers of rows, from 1."""

    def __init__(self, limits: Limits) -> None:
        self.limits, self.hidden = limits, set[int]()
        self._unlike = unlike_an_ordinary_cell(limits.most_rows)
        self._row = self._column = 0
        self._rest = b""

    def feed(self, chunk: bytes) -> None:
        """Look through the next bytes. Raises SheetTooLarge, and SheetUnreadable for a tag without an end."""
        text = self._rest + chunk
        # A cell is told by its tag and the next; the last tag may be cut.
        last = text.rfind(b"<")
        whole = text.rfind(b"<", 0, last) if last > 0 else -1
        if whole < 0:
            whole = 0
        self._look(text, whole)
        self._rest = text[whole:]
        if len(self._rest) > LONGEST_TAG:
            raise SheetUnreadable

    def close(self) -> None:
        """Look through what is left."""
        self._look(self._rest, len(self._rest))

    def _look(self, text: bytes, end: int) -> None:
        """Look at each cell; where all are ordinary, at the rows alone."""
        if not self._unlike.search(text):
            for found in ROW_TAG.finditer(text, 0, end):
                self._begin_row(found[1])
            return
        for found in PIECE.finditer(text):
            if found.start() >= end:
                return
            is_row, of_row, of_cell, filled = found.groups()
            if is_row:
                self._begin_row(of_row)
            elif of_cell and not of_cell.endswith(b"/"):
                self._see_cell(of_cell, bool(filled))
            else:
                self._column += 1

    def _begin_row(self, attributes: bytes) -> None:
        number = ROW_NUMBER.search(attributes)
        self._row, self._column = int(number[1]) if number else self._row + 1, 0
        if HIDDEN.search(attributes):
            self.hidden.add(self._row)

    def _see_cell(self, attributes: bytes, filled: bool) -> None:
        row, column = self._row, self._column + 1
        if place := CELL_PLACE.search(attributes):
            row, column = int(place[2]), number_of(place[1])
        self._column = column
        if filled and (row > self.limits.most_rows or column > MOST_COLUMNS):
            raise SheetTooLarge(rows=self.limits.most_rows)


def number_of(column: bytes) -> int:
    """Number of a column by its letters: A is 1, AA is 27."""
    number = 0
    for letter in column.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
