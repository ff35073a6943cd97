"""Uploads: a file read under guard, kept, its columns guessed or remembered."""

import contextlib
import dataclasses
import hashlib
import itertools
import uuid
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, transaction

from accounts.models import User
from centers.models import Center
from common import clock
from common.sheets import Sheet, SheetEmpty
from imports import exceptions as refused
from imports import permissions
from imports.choices import NEEDED, Column, ImportState
from imports.domain.context import MOST_ROWS, open_stored
from imports.models import Import, MappingMemory
from imports.models.imports import new_name
from imports.services.running import hand_over, locked_for_change
from imports.values import headings
from imports.values.cells import said

STORAGE = "imports"
SAMPLES = 3
LONGEST_SAMPLE = 20
SHEETS_TRIED = 10


@dataclasses.dataclass(frozen=True)
class Found:
    """Findings about a sheet: titles above the headings, headings, samples below them, number of rows."""

    title: str
    heading_row: int
    headings: list[str]
    samples: list[list[str]]
    total: int


def upload_sheet(*, actor: User, center: Center, name: str, data: bytes, key: uuid.UUID | None = None) -> Import:
    """Keep a file and look into the first of its sheets that has headings.

    The same `key` of a form again returns the import that it made.
    Raises ImportNotAllowed, HeadingsNotFound, SheetUnreadable, SheetTooLarge, SheetEmpty: then nothing is kept.
    """
    if not permissions.can_import_at(actor, center):
        raise refused.ImportNotAllowed
    if made := _made_under(actor, key):
        return made
    sheet, found = _first_with_headings(data)
    storage = storages[STORAGE]
    # The file first: no row ever points to one that isn't there.
    stored_as = storage.save(new_name(), ContentFile(data))
    imported = Import(
        key=key,
        center=center,
        uploaded_by=actor,
        file_name=name[-120:],
        stored_as=stored_as,
        sha256=hashlib.sha256(data).hexdigest(),
    )
    _describe(imported, sheet, found)
    try:
        with transaction.atomic():
            imported.save(force_insert=True)
    except BaseException as error:
        storage.delete(stored_as)
        # The same form, sent twice at one moment: the other one was quicker.
        made = _made_under(actor, key) if isinstance(error, IntegrityError) else None
        if made is None:
            raise
        return made
    return imported


def choose_sheet(*, actor: User, imported: Import, sheet_name: str) -> Import:
    """Take another sheet of the same file; nothing of the first may be imported yet.

    Raises ImportNotAllowed, ImportBusy, and as `upload_sheet`.
    """
    with transaction.atomic():
        imported = locked_for_change(actor, imported, ImportState.COLUMNS, ImportState.CHECKED)
        sheet = open_stored(stored_bytes(imported), sheet_name)
        _describe(imported, sheet, _look_into(sheet))
        imported.state = ImportState.COLUMNS
        imported.rows.all().delete()
        imported.save()
    return imported


def match_columns(*, actor: User, imported: Import, columns: Sequence[str], kind: str) -> Import:
    """Say what each column holds, remember it for sheets of this form, and have all rows tried.

    Raises ImportNotAllowed, ImportBusy, ColumnsMissing (title, date and people are needed, each column once).
    """
    chosen = [column for column in columns if column]
    if not set(NEEDED) <= set(chosen) or len(chosen) != len(set(chosen)):
        raise refused.ColumnsMissing
    with transaction.atomic():
        imported = locked_for_change(actor, imported, ImportState.COLUMNS, ImportState.CHECKED)
        imported.columns, imported.kind = list(columns), kind
        MappingMemory.objects.update_or_create(
            center=imported.center,
            fingerprint=imported.fingerprint,
            defaults={"columns": imported.columns, "kind": kind, "used_at": clock.now()},
        )
        hand_over(imported, ImportState.CHECKING, imported.total, actor=actor)
    return imported


def stored_bytes(imported: Import) -> bytes:
    """The file as it was sent."""
    with storages[STORAGE].open(imported.stored_as) as file:
        return bytes(file.read())


def _made_under(actor: User, key: uuid.UUID | None) -> Import | None:
    return Import.objects.visible_to(actor).filter(key=key).first() if key else None


def _first_with_headings(data: bytes) -> tuple[Sheet, Found]:
    """The first sheet in which headings are found. Raises what is wrong with the first where none has any.

    Each sheet that is looked into is unpacked anew, so that no more than a person would turn over are; any other can
    be chosen by its name.
    """
    first = open_stored(data)
    try:
        return first, _look_into(first)
    except (SheetEmpty, refused.HeadingsNotFound):
        for name, position in list(zip(first.names, first.positions, strict=True))[:SHEETS_TRIED]:
            if name == first.name:
                continue
            other = open_stored(data, name, position)
            with contextlib.suppress(SheetEmpty, refused.HeadingsNotFound):
                return other, _look_into(other)
        raise


def _look_into(sheet: Sheet) -> Found:
    first = list(itertools.islice(sheet.rows, headings.HEADINGS_WITHIN))
    if not first:
        raise SheetEmpty
    place = headings.find_headings(first)
    if place is None:
        raise refused.HeadingsNotFound
    row = first[place]
    below = first[place + 1 :]
    samples = [
        [
            said(one.cells[column])[:LONGEST_SAMPLE]
            for one in below
            if column < len(one.cells) and one.cells[column] != ""
        ]
        for column in range(len(row.cells))
    ]
    # Blank rows among them: what there is in truth is counted when all are tried.
    total = sheet.height - row.number
    if total > MOST_ROWS:
        raise refused.TooManyRows(rows=MOST_ROWS)
    titles = " ".join(said(cell) for one in first[:place] for cell in one.cells if cell != "")
    return Found(titles[:200], row.number, headings.as_headings(row.cells), [one[:SAMPLES] for one in samples], total)


def _describe(imported: Import, sheet: Sheet, found: Found) -> None:
    """Write what was found, with columns as remembered for this form of sheet, else guessed."""
    imported.sheet_name, imported.sheet_names = sheet.name[:100], list(sheet.names)
    imported.is_1904 = sheet.is_1904
    imported.title, imported.heading_row, imported.headings = found.title, found.heading_row, found.headings
    imported.samples, imported.total = found.samples, found.total
    imported.fingerprint = headings.fingerprint(found.headings)
    known = MappingMemory.objects.filter(center=imported.center, fingerprint=imported.fingerprint).first()
    if known and len(known.columns) == len(found.headings):
        imported.columns, imported.kind = known.columns, known.kind
    else:
        imported.columns = [str(Column(column)) for column, _sure in headings.guess(found.headings)]
