"""Reach of a table of an ods file: repeated rows and cells counted, hidden rows and merged cells found, in one pass."""

from typing import Any
from xml.parsers import expat

from common.sheets.exceptions import SheetTooLarge, SheetUnreadable
from common.sheets.limits import MOST_COLUMNS, Limits

TABLE, ROW, CELL, COVERED = "table:table", "table:table-row", "table:table-cell", "table:covered-table-cell"
Range = tuple[tuple[int, int], tuple[int, int]]


class OdsReach:
    """Reach of the table at `position`. `hidden`: numbers of rows from 1; `merged`: ranges as calamine gives them."""

    def __init__(self, limits: Limits, position: int) -> None:
        self.limits, self.position = limits, position
        self.hidden, self.merged = set[int](), list[Range]()
        self._table, self._depth = -1, 0
        self._row = self._column = self._repeat = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = self._entity

    def feed(self, chunk: bytes) -> None:
        """Look through the next bytes. Raises SheetTooLarge, SheetUnreadable."""
        try:
            self._parser.Parse(chunk, False)
        except expat.ExpatError as error:
            raise SheetUnreadable from error

    def close(self) -> None:
        try:
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise SheetUnreadable from error

    def _entity(self, *declaration: Any) -> None:
        """No office program declares entities: who does wants them to grow."""
        raise SheetUnreadable

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == TABLE:
            self._depth += 1
            if self._depth == 1:
                self._table, self._row = self._table + 1, 0
        elif self._depth == 1 and self._table == self.position:
            if name == ROW:
                self._begin_row(attributes)
            elif name in (CELL, COVERED):
                self._see_cell(attributes)

    def _end(self, name: str) -> None:
        if name == TABLE:
            self._depth -= 1
        elif name == ROW and self._depth == 1:
            self._row += self._repeat

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._repeat, self._column = _times(attributes, "table:number-rows-repeated"), 0
        if attributes.get("table:visibility") in ("collapse", "filter"):
            # Rows below the last that may be filled needn't be named.
            self.hidden.update(range(self._row + 1, min(self._row + self._repeat, self.limits.most_rows) + 1))

    def _see_cell(self, attributes: dict[str, str]) -> None:
        first = self._column
        self._column += _times(attributes, "table:number-columns-repeated")
        if "office:value-type" not in attributes:
            return
        if self._row + self._repeat > self.limits.most_rows or self._column > MOST_COLUMNS:
            raise SheetTooLarge(rows=self.limits.most_rows)
        down = _times(attributes, "table:number-rows-spanned")
        if down > 1:
            self.merged.append(((self._row, first), (self._row + down - 1, first)))


def _times(attributes: dict[str, str], name: str) -> int:
    """Number of times that something is repeated: once unless said."""
    said = attributes.get(name, "1")
    if not said.isdecimal() or len(said) > len("1048576"):
        raise SheetUnreadable
    return int(said)
