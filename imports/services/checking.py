"""Dry run: every row read, recognised and given its verdict; nothing is written but the rows themselves."""

import itertools
import json
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from common import clock
from common.copying import copy_in
from imports import exceptions as refused
from imports.choices import ANSWERABLE, ImportState
from imports.domain.context import as_said, centers_of, context_of, open_stored
from imports.domain.recognition import Judged, Recogniser, compare
from imports.models import Import, ImportRow
from imports.services.running import BATCH, finish, held, locked_for_change, move_on
from imports.services.uploads import stored_bytes
from imports.values.asking import LEAVE
from imports.values.cells import pack, unpack
from imports.values.packing import pack_values
from imports.values.reading import Context, Reading, Said, read_row

FIELDS = (
    "sheet_id", "number", "cells", "is_hidden", "inherited", "verdict", "code", "params", "answers", "values",
    "notes", "identity", "is_ready", "activity_id", "kept",
)  # fmt: skip


def try_rows(pk: int, runner: uuid.UUID) -> None:
    """Try all rows of an import, batch by batch, from the beginning: a dry run that was cut off leaves nothing to keep.

    Raises LeftToAnother.
    """
    with transaction.atomic():
        imported = held(pk, runner, ImportState.CHECKING)
        imported.rows.all().delete()
        imported.position, imported.checked_at = 0, clock.now()
        imported.save(update_fields=["position", "checked_at"])
    sheet = open_stored(stored_bytes(imported), imported.sheet_name)
    context = context_of(imported)
    recogniser = Recogniser(centers_of(context))
    below = (as_said(row) for row in sheet.rows if row.number > imported.heading_row)
    while batch := list(itertools.islice(below, BATCH)):
        readings = [read_row(row, context, {}) for row in batch]
        recogniser.learn(readings)
        judged = compare(
            [(recogniser.judge(reading, row.number, {}), {}) for row, reading in zip(batch, readings, strict=True)]
        )
        with transaction.atomic():
            imported = held(pk, runner, ImportState.CHECKING)
            if imported.is_stopping:
                imported.rows.all().delete()
                finish(imported, ImportState.COLUMNS)
                return
            copy_in(ImportRow, FIELDS, (_row(pk, row, one) for row, one in zip(batch, judged, strict=True)))
            move_on(imported, len(batch))
    with transaction.atomic():
        imported = held(pk, runner, ImportState.CHECKING)
        imported.total = imported.position
        imported.save(update_fields=["total"])
        finish(imported, ImportState.CHECKED)


def answer_row(*, actor: User, row: ImportRow, answer: str, alike: bool = False) -> int:
    """Answer the question of a row; with `alike` that of all rows that ask the same about the same words.

    Returns how many rows were answered. Raises ImportNotAllowed, ImportBusy, NotAnswerable.
    """
    with transaction.atomic():
        imported = locked_for_change(actor, row.sheet, *ANSWERABLE)
        row = imported.rows.get(pk=row.pk)
        is_open = imported.rows.open().filter(pk=row.pk).exists()
        if not is_open or answer not in (LEAVE, *row.params.get("options", ())):
            raise refused.NotAnswerable
        rows = [row]
        if alike:
            rows = [one for one in imported.rows.open().filter(code=row.code) if _asks_the_same(one, row)]
        context = context_of(imported)
        recogniser = Recogniser(centers_of(context))
        _remember_others(recogniser, imported, rows)
        for one in rows:
            one.answers = {**one.answers, one.code: answer}
        readings = [_read_again(one, context) for one in rows]
        recogniser.learn(readings)
        for one, reading in zip(rows, readings, strict=True):
            _judge_again(one, reading, recogniser)
        ImportRow.objects.bulk_update(
            rows, ["answers", "verdict", "code", "params", "values", "notes", "identity", "is_ready", "activity"]
        )
    return len(rows)


def _asks_the_same(one: ImportRow, other: ImportRow) -> bool:
    """Whether the same answer fits both: the question has the same options, and of a kind it is about the same word."""
    if one.code == "which_kind" and one.params.get("said") != other.params.get("said"):
        return False
    return one.params.get("options") == other.params.get("options")


def _remember_others(recogniser: Recogniser, imported: Import, rows: Sequence[ImportRow]) -> None:
    """Let the recogniser know the rows that stand beside those judged anew."""
    others = imported.rows.filter(is_ready=True).exclude(pk__in=[row.pk for row in rows]).exclude(values=None)
    for other in others.only("number", "values").iterator():
        recogniser.remember(other.read, other.number)


def _read_again(row: ImportRow, context: Context) -> Reading:
    said_again = Said(row.number, unpack(row.cells), row.is_hidden, frozenset(row.inherited))
    return read_row(said_again, context, row.answers)


def _judge_again(row: ImportRow, read: Reading, recogniser: Recogniser) -> None:
    [judged] = compare([(recogniser.judge(read, row.number, row.answers), row.answers)])
    reading = judged.reading
    row.verdict, row.code, row.params = reading.verdict, reading.code, dict(reading.params)
    row.values, row.notes = pack_values(reading.values), list(reading.notes)
    row.identity, row.is_ready, row.activity_id = judged.identity, judged.is_ready, judged.activity


def _row(pk: int, row: Said, judged: Judged) -> tuple[Any, ...]:
    reading = judged.reading
    values = pack_values(reading.values)
    return (
        pk,
        row.number,
        _json(pack(row.cells)),
        row.is_hidden,
        _json(sorted(row.inherited)),
        str(reading.verdict),
        reading.code,
        _json(dict(reading.params)),
        "{}",
        None if values is None else _json(values),
        _json(list(reading.notes)),
        judged.identity,
        judged.is_ready,
        judged.activity,
        "",
    )


# One encoder for all rows: `json.dumps` makes one a call.
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
