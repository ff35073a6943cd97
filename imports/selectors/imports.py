"""Imports as their pages show them: the list, and one with its rows by verdict."""

import dataclasses
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centers.access import Viewer
from imports.choices import ANSWERABLE, OPEN, ImportState, Verdict
from imports.models import Import, ImportRow, MappingMemory
from imports.values.asking import LEAVE
from imports.values.cells import said, unpack
from imports.values.packing import unpack_values
from imports.values.words import answer_words, notes_words, problem_words, values_words

ROWS_A_PAGE = 50
CELLS_SHOWN = 8
LONGEST_CELL = 30
ALL = "all"
# One answer usually fits all rows that ask these.
OFTEN = ("which_year", "which_time", "sum_row", "hidden_row", "note_too_long", "people_of_several", "which_kind")
IS_OPEN = Q(verdict__in=OPEN, is_ready=False, written_at=None)
SHOWN: dict[str, tuple[Promise, Q]] = {
    "open": (_("rows to decide"), IS_OPEN),
    "ready": (_("can be imported"), Q(is_ready=True, written_at=None)),
    "standing": (_("imported"), Q(written_at__isnull=False, undone_at=None)),
    "undone": (_("taken back"), Q(undone_at__isnull=False)),
    "known": (_("known, left out"), Q(verdict=Verdict.KNOWN)),
    "left_out": (_("titles and sums, not imported"), Q(verdict=Verdict.LEFT_OUT)),
    "refused": (_("with faults"), Q(verdict=Verdict.REFUSED)),
}
# Shown even where there is none.
ALWAYS = ("open", "ready", "known", "refused")
ALWAYS_WHEN_DONE = ("open", "standing", "known", "refused")


@dataclasses.dataclass(frozen=True)
class Tile:
    """Number of rows of one outcome, as a link to them."""

    name: str
    label: Promise
    count: int
    is_current: bool


@dataclasses.dataclass(frozen=True)
class RowView:
    """Row as the page shows it: what the sheet says, what becomes of it, and the answers that it waits for."""

    row: ImportRow
    said: list[str]
    words: str
    notes: str
    answers: list[tuple[str, str]]
    is_often: bool


def imports_of(user: Viewer) -> QuerySet[Import]:
    """Imports of the centers one works for, the latest first, with the number of rows that stand."""
    rows = ImportRow.objects.standing().filter(sheet=OuterRef("pk")).order_by().values("sheet")
    standing = Subquery(rows.annotate(count=Count("pk")).values("count"))
    return Import.objects.visible_to(user).select_related("center").annotate(standing=standing).order_by("-id")


def is_remembered(imported: Import) -> bool:
    """Whether its columns are those that were chosen for a sheet of this form before. One query."""
    known = MappingMemory.objects.filter(center=imported.center_id, fingerprint=imported.fingerprint).first()
    return known is not None and known.columns == imported.columns


def import_page(imported: Import, *, show: str, number: str, page: str | None) -> dict[str, Any]:
    """Context of an import: rows by outcome, one outcome's rows. Three queries, however many rows there are."""
    counts = imported.rows.aggregate(
        all=Count("pk"),
        kept=Count("pk", filter=~Q(kept="")),
        **{name: Count("pk", filter=of) for name, (_l, of) in SHOWN.items()},
    )
    shown = show if show in SHOWN else ("open" if counts["open"] and not show else ALL)
    rows = imported.rows.order_by("number")
    if number.isdecimal() and len(number) < len("1000000000"):
        rows, shown = rows.filter(number=int(number)), ""
    elif shown in SHOWN:
        rows = rows.filter(SHOWN[shown][1])
    rows = rows.select_related("activity__center")
    always = ALWAYS_WHEN_DONE if imported.state == ImportState.DONE else ALWAYS
    found: Page[Any] = Paginator(rows, ROWS_A_PAGE).get_page(page)
    return {
        "imported": imported,
        "center": imported.center,
        "counts": counts,
        "tiles": [
            Tile(name, label, counts[name], name == shown)
            for name, (label, _of) in SHOWN.items()
            if counts[name] or name in always
        ],
        "shown": shown,
        "page": found,
        "rows": [_row_view(row, imported) for row in found.object_list],
        "can_start": imported.state in ANSWERABLE and counts["ready"] > 0,
        "can_undo": imported.state == ImportState.DONE and counts["standing"] > 0,
        "can_match": imported.state in (ImportState.COLUMNS, ImportState.CHECKED),
    }


def _row_view(row: ImportRow, imported: Import) -> RowView:
    mapped = [place for place, column in enumerate(imported.columns) if column]
    cells = unpack(row.cells)
    words = [said(cells[place])[:LONGEST_CELL] for place in mapped if place < len(cells) and cells[place] != ""]
    if not words:
        words = [said(cell)[:LONGEST_CELL] for cell in cells if cell != ""]
    problem = problem_words(row.code, row.params)
    read = (
        values_words(unpack_values(row.values)) if row.values and row.verdict in (Verdict.NEW, Verdict.CHANGED) else ""
    )
    can_answer = imported.state in ANSWERABLE and row.verdict in OPEN and not row.is_ready and row.written_at is None
    answers = [*row.params.get("options", ()), LEAVE] if can_answer else []
    return RowView(
        row=row,
        said=words[:CELLS_SHOWN],
        words=problem or read,
        notes=notes_words(row.notes) if read else "",
        answers=[(answer, answer_words(row.code, answer)) for answer in answers],
        is_often=row.code in OFTEN,
    )
