"""Writing an import: rows that are ready become activities, or corrections of records, in batches.

A row and what is made of it are written in one transaction, so that a worker that is killed leaves no row half done and
the next goes on behind it.
"""

import uuid
from collections.abc import Sequence

from django.db import connection, transaction

from accounts.models import User
from activities.choices import ENDED, ActivityState
from activities.exceptions import ActivityError
from activities.models import Activity
from activities.services.imported import HeldActivity, record_imported
from activities.services.records import revise_record
from activities.values.plans import ActivityPlan
from common import clock
from common.database import advisory_lock
from imports import exceptions as refused
from imports.choices import ANSWERABLE, RUNNING, ImportState, Verdict
from imports.models import Import, ImportRow
from imports.services.running import BATCH, finish, hand_over, held, locked_for_change, move_on
from imports.values.identity import base_of
from imports.values.words import revise_reason

# What the sheet says, its questions and answers stay in the database.
NEEDED = ("sheet", "number", "verdict", "values", "identity", "activity", "is_ready", "written_at")
CENTER_LOCK = "imports.center"


def start_import(*, actor: User, imported: Import) -> Import:
    """Have the rows that are ready written by a worker. Of two who start at once, one is told that it has begun.

    Raises ImportNotAllowed, ImportBusy, NotTried, NothingReady.
    """
    with transaction.atomic():
        imported = locked_for_change(actor, imported, *ANSWERABLE)
        ready = imported.rows.ready().count()
        if not ready:
            raise refused.NothingReady
        hand_over(imported, ImportState.WRITING, ready)
    return imported


def stop_import(*, actor: User, imported: Import) -> Import:
    """Have a running import stop behind the batch that it is at. Raises ImportNotAllowed, NotTried."""
    with transaction.atomic():
        imported = locked_for_change(actor, imported, *RUNNING)
        imported.is_stopping = True
        imported.save(update_fields=["is_stopping"])
    return imported


def write_rows(pk: int, runner: uuid.UUID) -> None:
    """Write all rows of an import that are ready. Raises LeftToAnother."""
    since = _recorded_since(Import.objects.get(pk=pk))
    while _write_batch(pk, runner, since):
        pass


@transaction.atomic
def _write_batch(pk: int, runner: uuid.UUID, since: dict[bytes, int]) -> bool:
    """Write the next rows; False when there are no more, or somebody has stopped it."""
    imported = held(pk, runner, ImportState.WRITING)
    rows = list(imported.rows.ready().only(*NEEDED).order_by("number")[:BATCH])
    if not rows or imported.is_stopping:
        finish(imported, ImportState.DONE if imported.rows.standing().exists() else ImportState.CHECKED)
        return False
    # Sheets about one center are written one after the other, so that what two of them say is made once.
    for center in sorted({row.read.center for row in rows}):
        advisory_lock(CENTER_LOCK, center)
    fresh = _without_known([row for row in rows if row.verdict == Verdict.NEW], since)
    _make(imported, fresh)
    for row in rows:
        if row.verdict == Verdict.CHANGED:
            _apply(imported, row)
    move_on(imported, len(rows))
    return True


def _recorded_since(imported: Import) -> dict[bytes, int]:
    """Activities that people have entered at the center since the dry run, by what identifies them."""
    found = Activity.objects.filter(center=imported.center, created_at__gte=imported.checked_at, import_rows=None)
    names = ("pk", "center_id", "kind", "title", "starts_at")
    return {
        base_of(center, kind, clock.local(starts_at).date(), title): pk
        for pk, center, kind, title, starts_at in found.exclude(state__in=ENDED).values_list(*names)
    }


def _without_known(rows: Sequence[ImportRow], since: dict[bytes, int]) -> list[ImportRow]:
    """The rows that are still new; those that another sheet, or a colleague, has brought meanwhile become known."""
    standing = ImportRow.objects.standing().filter(identity__in=[row.identity for row in rows], verdict=Verdict.NEW)
    known = dict(standing.values_list("identity", "activity"))
    fresh: list[ImportRow] = []
    late: list[ImportRow] = []
    for row in rows:
        base = bytes.fromhex(row.identity[:32])
        row.activity_id = known.get(row.identity) or since.get(base)
        (late if row.activity_id else fresh).append(row)
    for row in late:
        row.verdict, row.code, row.is_ready, row.identity = Verdict.KNOWN, "known_here", False, ""
    ImportRow.objects.bulk_update(late, ["verdict", "code", "is_ready", "identity", "activity"])
    return fresh


def _make(imported: Import, rows: Sequence[ImportRow]) -> None:
    """Make activities of the rows, and note at each which."""
    if not rows:
        return
    made = record_imported(actor=imported.uploaded_by, held=[_held(imported, row) for row in rows])
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE imports_importrow AS row SET activity_id = made.activity, written_at = %s"
            " FROM unnest(%s::bigint[], %s::bigint[]) AS made (row, activity) WHERE row.id = made.row",
            [clock.now(), [row.pk for row in rows], made],
        )


def _held(imported: Import, row: ImportRow) -> HeldActivity:
    values = row.read
    plan = ActivityPlan(
        kind=values.kind,
        title=values.title,
        starts_at=values.starts_at,
        ends_at=values.ends_at,
        line=values.line,
        place=values.place,
        takes_sign_ups=False,
    )
    # Made of import and row: whatever happens, the database takes a row once.
    key = uuid.uuid5(uuid.NAMESPACE_OID, f"import {imported.pk} row {row.number}")
    return HeldActivity(key, values.center, plan, values.people, values.note, values.organization)


def _apply(imported: Import, row: ImportRow) -> None:
    """Correct the record of a known activity as the row says. What can't be corrected any more is refused with why."""
    activity = Activity.objects.select_related("record").get(pk=row.made)
    values = row.read
    if activity.state != ActivityState.RECORDED:
        row.verdict, row.code, row.is_ready = Verdict.REFUSED, "gone_meanwhile", False
        row.save(update_fields=["verdict", "code", "is_ready"])
        return
    before = {"attendance": activity.attendance, "note": activity.record.note}
    note = values.note or activity.record.note
    try:
        with transaction.atomic():
            revise_record(
                actor=imported.uploaded_by,
                activity=activity,
                attendance=values.people,
                note=note,
                reason=revise_reason(imported.file_name, row.number),
            )
    except ActivityError as error:
        row.verdict, row.code, row.params, row.is_ready = Verdict.REFUSED, "not_corrected", {"why": str(error)}, False
        row.save(update_fields=["verdict", "code", "params", "is_ready"])
        return
    row.before, row.written_at = before, clock.now()
    row.save(update_fields=["before", "written_at"])
