"""Ugly sheets: a file, and what becomes of each of its rows."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from tests.factories.sheets import HEADINGS

NEW, ASKED, REFUSED, LEFT_OUT, KNOWN = "new", "asked", "refused", "left_out", "known"


@dataclasses.dataclass(frozen=True)
class Ugly:
    """A sheet, and what becomes of each of its rows: number, verdict, code; of new ones what they are read as."""

    name: str
    data: bytes
    rows: Sequence[tuple[Any, ...]]
    file: str = "2026年台账.xlsx"


def row(*cells: Any) -> tuple[Any, ...]:
    return cells


def sheet(*rows: Sequence[Any], headings: Sequence[str] = HEADINGS) -> list[Sequence[Any]]:
    return [headings, *rows]


def new(number: int, day: str, people: int, *times: str) -> tuple[Any, ...]:
    """A row that is new: its day, number of people, and start and end if it says hours."""
    return (number, NEW, "", day, people, *times)
