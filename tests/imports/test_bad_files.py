"""Bad files: one clear sentence, and nothing kept."""

import io
import zipfile
from typing import Any

import pytest

from accounts.models import User
from centers.models import Center
from common.errors import DomainError
from common.sheets import Limits, SheetTooLarge, SheetUnreadable, open_sheet
from imports.domain.context import LIMITS, MOST_ROWS
from imports.exceptions import HeadingsNotFound, TooManyRows
from imports.models import Import
from imports.services.uploads import upload_sheet
from tests.factories.sheets import HEADINGS, ods, text, xls, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
GOOD = xlsx([HEADINGS, ("读书会", "2026.9.3", 20)])
SHEET_PART = "xl/worksheets/sheet1.xml"


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The archive with one part replaced, or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return file.getvalue()


def sheet_part(rows: str) -> bytes:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def lying() -> bytes:
    """A bomb that says it is small."""
    packed = with_part(GOOD, SHEET_PART, b" " * 10**6)
    return packed.replace((10**6).to_bytes(4, "little"), (10).to_bytes(4, "little"))


FAR_CELL = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
# Its attributes try to look as if the tag had ended.
DRESSED_CELL = '<row r="1"><c s=">" r="XFD1" t="n"><v>1</v></c></row>'
NAMELESS_CELLS = f'<row r="1">{"<c/>" * 300}<c><v>1</v></c></row>'
FAR_ROW = '<row r="1048576"><c><v>1</v></c></row>'
REPEATED = (
    '<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="99"'
    ' office:value-type="float" office:value="1"/></table:table-row>'
)
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
BAD: dict[str, tuple[bytes, type[DomainError]]] = {
    "bomb that says its size": (with_part(GOOD, "xl/media/a.png", b"\0" * (LIMITS.most_unpacked + 1)), SheetTooLarge),
    "bomb that lies about it": (lying(), SheetUnreadable),
    "cell far out": (with_part(GOOD, SHEET_PART, sheet_part(FAR_CELL)), SheetTooLarge),
    "cell far out, dressed up": (with_part(GOOD, SHEET_PART, sheet_part(DRESSED_CELL)), SheetTooLarge),
    "cells that don't say where they are": (with_part(GOOD, SHEET_PART, sheet_part(NAMELESS_CELLS)), SheetTooLarge),
    "row far out, its cell without a place": (with_part(GOOD, SHEET_PART, sheet_part(FAR_ROW)), SheetTooLarge),
    "cut off": (GOOD[:-200], SheetUnreadable),
    "repeated a million times": (ods([HEADINGS], extra=REPEATED), SheetTooLarge),
    "entities": (with_part(ods([HEADINGS]), "content.xml", ENTITIES), SheetUnreadable),
    "text called xls": (b"<html><table><tr><td>x</td></tr></table></html>", SheetUnreadable),
    "document": (b"%PDF-1.7 ...", SheetUnreadable),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0", SheetUnreadable),
    "old container that is no workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, SheetUnreadable),
    "another archive": (with_part(with_part(b"PK\x05\x06" + b"\0" * 18, "a.txt", b"x"), "b", b"y"), SheetUnreadable),
    "no headings": (text([("甲", "乙"), ("丙", "丁")]), HeadingsNotFound),
    "one row too many": (text([HEADINGS, *[("读书会", "2026.9.3", 1)] * (MOST_ROWS + 1)]), TooManyRows),
    "far too many rows": (text([HEADINGS, *[("读书会", "2026.9.3", 1)] * (MOST_ROWS + 30)]), SheetTooLarge),
    "too many bytes": (b"x" * (LIMITS.most_bytes + 1), SheetTooLarge),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_a_sentence_and_not_kept(
    name: str, village: Center, staff: User, storage: Any
) -> None:
    data, refusal = BAD[name]
    with pytest.raises(refusal) as error:
        upload_sheet(actor=staff, center=village, name="坏.xlsx", data=data)
    assert str(error.value).endswith("。")
    assert not Import.objects.exists()
    assert not storage.exists() or not list(storage.iterdir())


@pytest.mark.parametrize(
    "data", [GOOD, ods([HEADINGS, ("读书会", "2026.9.3", 20)]), xls([HEADINGS, ("读书会", "2026.9.3", 20)])]
)
@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.csv", "a"])
def test_what_it_is_called_doesnt_matter(data: bytes, name: str, village: Center, staff: User) -> None:
    assert upload_sheet(actor=staff, center=village, name=name, data=data).headings == list(HEADINGS)


def test_a_hundred_thousand_rows_are_taken(village: Center, staff: User) -> None:
    rows = text([HEADINGS, *[("读书会", "2026.9.3", 1)] * MOST_ROWS])
    assert upload_sheet(actor=staff, center=village, name="a.csv", data=rows).total == MOST_ROWS


def test_pictures_stay_packed() -> None:
    """Reading costs what the sheet costs, whatever else lies in the file."""
    heavy = with_part(GOOD, "xl/media/a.png", b"\0" * 10**6)
    broken = heavy.replace(zlib_head(heavy), b"broken!!", 1)
    assert len(list(open_sheet(broken, Limits(10)).rows)) == 2


def zlib_head(data: bytes) -> bytes:
    """The first packed bytes of the picture."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = archive.getinfo("xl/media/a.png")
    start = part.header_offset + 30 + len(part.filename)
    return data[start : start + 8]
