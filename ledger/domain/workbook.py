"""Sign-in sheet as a workbook. Every cell is inert: what looks like a formula is text, and stays it when edited."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from common import clock
from common.words.times import clock_words
from ledger.values.facts import ActivityFacts

WIDTHS = (12, 36, 24, 24, 10, 10)
# What XML can't hold.
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
# A workbook says when it was written, a zip file when each part was: both would make the same facts another file.
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def sign_in_sheet(ledgers: Sequence[ActivityFacts]) -> bytes:
    """Workbook of everybody checked in or counted, a line each. The same facts give the same bytes."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Sign-in"))
    for letter, width in zip("ABCDEF", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    head = (_("Day"), _("Activity"), _("Name"), _("Organisation"), _("People"), _("Time"))
    sheet.append([_cell(sheet, words, is_head=True) for words in head])
    for facts in ledgers:
        for row in _rows(facts):
            sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return _timeless(out.getvalue())


def _rows(facts: ActivityFacts) -> Iterable[tuple[Any, ...]]:
    day, title = clock.local(facts.starts_at).date(), facts.title
    for arrival in facts.arrivals:
        yield day, title, arrival.name, "", 1, clock_words(arrival.at)
    for group in facts.groups:
        for name in group.names:
            yield day, title, name, group.organization, 1, clock_words(group.at)
        if unnamed := group.count - len(group.names):
            yield day, title, "", group.organization, unnamed, clock_words(group.at)
    if facts.walked_in:
        yield day, title, _("not signed up"), "", facts.walked_in, ""


def _cell(sheet: Any, value: str | int | dt.date, *, is_head: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        cell.value = UNFIT.sub("", value)
        # openpyxl takes what begins with = for a formula; the second keeps a spreadsheet from doing so on editing.
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in ("=", "+", "-", "@", "\t", "\r")
    else:
        cell.value = value
    if is_head:
        cell.font = Font(bold=True)
    return cell


def _timeless(workbook: bytes) -> bytes:
    """The workbook without the moment it was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == "docProps/core.xml":
                content = WRITTEN.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
