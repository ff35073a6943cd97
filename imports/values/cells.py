"""Cells as they are kept with a row (JSON), and as the sheet shows them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from common.sheets import Value

# A cell that is longer is cut: it is too long for anything.
LONGEST = 1200
KINDS = {dt.datetime: "moment", dt.date: "day", dt.time: "time", dt.timedelta: "length"}


def pack(cells: Sequence[Value]) -> list[Any]:
    """Cells for JSON: text and numbers as they are, days and times as pairs."""
    return [_packed(cell) for cell in cells]


def unpack(cells: Sequence[Any]) -> list[Value]:
    """Cells of JSON as they were read."""
    return [_unpacked(*cell) if isinstance(cell, list) else cell for cell in cells]


def said(value: Value) -> str:
    """Words of a cell as the sheet shows them."""
    if isinstance(value, str):
        return value
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return str(value)


def _packed(cell: Value) -> Any:
    if isinstance(cell, str):
        return cell[:LONGEST]
    if isinstance(cell, dt.timedelta):
        return [KINDS[dt.timedelta], cell.total_seconds()]
    if isinstance(cell, dt.date | dt.time):
        return [KINDS[type(cell)], cell.isoformat()]
    return cell


def _unpacked(kind: str, value: Any) -> Value:
    if kind == KINDS[dt.timedelta]:
        return dt.timedelta(seconds=value)
    if kind == KINDS[dt.time]:
        return dt.time.fromisoformat(value)
    return dt.datetime.fromisoformat(value) if kind == KINDS[dt.datetime] else dt.date.fromisoformat(value)
