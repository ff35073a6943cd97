"""Rows of an import that weren't imported, as a sheet to correct: the sheet's own columns, and why beside them."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from common.sheets import Value
from common.sheets.writing import Written
from imports.choices import OPEN, Verdict
from imports.models import Import
from imports.values.cells import said, unpack
from imports.values.words import problem_words


def refused_rows(imported: Import) -> Iterator[list[Any]]:
    """Headings, then each row with a fault or an open question. One query, read bit by bit."""
    yield [*imported.headings, _("Row"), _("Why it isn't imported")]
    width = len(imported.headings)
    waits = Q(verdict=Verdict.REFUSED) | Q(verdict__in=OPEN, is_ready=False, written_at=None)
    for row in imported.rows.filter(waits).order_by("number").iterator():
        cells: list[Written] = [_written(cell) for cell in unpack(row.cells)][:width]
        yield [*cells, *[None] * (width - len(cells)), row.number, problem_words(row.code, row.params)]


def _written(cell: Value) -> Written:
    if isinstance(cell, dt.datetime | int | float | str) and not isinstance(cell, bool):
        return cell
    if isinstance(cell, dt.date):
        return dt.datetime.combine(cell, dt.time.min)
    return said(cell)
