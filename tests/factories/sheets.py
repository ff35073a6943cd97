"""Sheets as people make them: workbooks, old workbooks, open documents and text, with visibly made-up activities."""

import datetime as dt
import html
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import xlwt
from openpyxl import Workbook

from accounts.models import User
from centers.models import Center
from imports.models import Import
from imports.services.uploads import match_columns, upload_sheet
from imports.services.work import run_import
from imports.services.writing import start_import

ROWS = 40
HIDDEN = ' table:visibility="collapse"'
MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
HEADINGS = ("活动名称", "时间", "参加人数")


def xlsx(
    rows: Iterable[Sequence[Any]], *, dress: Callable[[Any], Any] = lambda sheet: None, title: str = "表"
) -> bytes:
    """A workbook of these rows; `dress(sheet)` merges, hides, formats."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    dress(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def xls(rows: Iterable[Sequence[Any]], *, merge: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """An old workbook of these rows; `merge`: first and last row, first and last column, from 0."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("表", cell_overwrite_ok=True)
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value, *([day] if isinstance(value, dt.date) else []))
    for top, bottom, left, right in merge:
        sheet.merge(top, bottom, left, right)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def ods(rows: Iterable[Sequence[Any]], *, hidden: Sequence[int] = (), extra: str = "") -> bytes:
    """An open document of these rows, all of text; `hidden`: rows from 1; `extra`: more rows, as they stand in it."""

    def cell(value: Any) -> str:
        words = html.escape(str(value))
        return f'<table:table-cell office:value-type="string"><text:p>{words}</text:p></table:table-cell>'

    lines = "".join(
        f"<table:table-row{HIDDEN if number in hidden else ''}>{''.join(map(cell, row))}</table:table-row>"
        for number, row in enumerate(rows, start=1)
    )
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="表">{lines}{extra}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", content)
    return file.getvalue()


def text(
    rows: Iterable[Sequence[Any]], *, separator: str = ",", line_end: str = "\r\n", encoding: str = "utf-8"
) -> bytes:
    """A text of these rows."""
    return line_end.join(separator.join(str(cell) for cell in row) for row in rows).encode(encoding)


def tried(actor: User, center: Center, data: bytes, *, name: str = "2026年台账.xlsx", kind: str = "activity") -> Import:
    """An import of this file, tried with the columns as they are guessed."""
    imported = upload_sheet(actor=actor, center=center, name=name, data=data)
    match_columns(actor=actor, imported=imported, columns=imported.columns, kind=kind)
    assert run_import(imported.pk)
    imported.refresh_from_db()
    return imported


def written(actor: User, center: Center, data: bytes, **more: Any) -> Import:
    """An import of this file, its rows that are ready written."""
    imported = tried(actor, center, data, **more)
    start_import(actor=actor, imported=imported)
    assert run_import(imported.pk)
    imported.refresh_from_db()
    return imported


def outcomes(imported: Import) -> list[tuple[int, str, str]]:
    """Number, verdict and code of each row."""
    return list(imported.rows.order_by("number").values_list("number", "verdict", "code"))


def ledger(rows: int = ROWS, **people: int) -> bytes:
    """A sheet of activities of different days, twenty people each but for those named by row."""
    lines = [(f"演示活动{n:02}", f"2026.9.{n % 30 + 1}", people.get(f"row_{n}", 20)) for n in range(2, rows + 2)]
    return xlsx([HEADINGS, *lines])


def verdicts(imported: Import) -> dict[str, int]:
    found: dict[str, int] = {}
    for _number, verdict, _code in outcomes(imported):
        found[verdict] = found.get(verdict, 0) + 1
    return found
