"""Writing an import: rows that are ready become activities, or corrections of records, in batches.

A row and what is made of it are written in one transaction, so that a worker that is killed leaves no row half done and
the next goes on behind it.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from activities.choices import ENDED, ActivityState
from activities.exceptions import ActivityError
from activities.models import Activity
from activities.services.imported import HeldActivity, record_imported
from activities.services.inspections import add_inspected
from activities.services.records import revise_record
from activities.values.plans import ActivityPlan
from common import clock
from common.database import advisory_lock
from imports import exceptions as refused
from imports.choices import ANSWERABLE, RUNNING, ImportState, Verdict
from imports.models import Import, ImportRow
from imports.services.running import BATCH, finish, hand_over, held, locked_for_change, move_on, must_lead
from imports.values.identity import base_of
from imports.values.reading import DAY_START
from imports.values.words import revise_reason

# What the sheet says, its questions and answers stay in the database.
NEEDED = ("sheet", "number", "verdict", "params", "answers", "values", "identity", "activity", "is_ready", "written_at")
CENTER_LOCK = "imports.center"
# By what identifies an activity: ids and starts.
Since = dict[bytes, list[tuple[int, dt.time]]]


def start_import(*, actor: User, imported: Import) -> Import:
    """Have the rows that are ready written by a worker, on behalf of `actor`, who works for all their centers.

    Of two who start at once, one is told that it has begun.
    Raises ImportNotAllowed, ImportBusy, NotTried, NothingReady.
    """
    with transaction.atomic():
        imported = locked_for_change(actor, imported, *ANSWERABLE)
        ready = imported.rows.ready().count()
        if not ready:
            raise refused.NothingReady
        must_lead(actor, imported.rows.ready().values_list("values__center", flat=True))
        hand_over(imported, ImportState.WRITING, ready, actor=actor)
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
def _write_batch(pk: int, runner: uuid.UUID, since: Since) -> bool:
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


def _recorded_since(imported: Import) -> Since:
    """Activities entered since the dry run, by people or of other sheets, by what identifies them, with their start."""
    centers = {imported.center_id, *imported.rows.ready().values_list("values__center", flat=True)}
    found = Activity.objects.filter(center__in=centers, created_at__gte=imported.checked_at)
    names = ("pk", "center_id", "kind", "title", "starts_at")
    since: Since = {}
    others = found.exclude(state__in=ENDED).exclude(import_rows__sheet=imported)
    for pk, center, kind, title, starts_at in others.values_list(*names):
        local = clock.local(starts_at)
        since.setdefault(base_of(center, kind, local.date(), title), []).append((pk, local.time()))
    return since


def _entered(row: ImportRow, since: Since) -> int | None:
    """Activity entered since that a row repeats: the same, at the same hour where both say hours."""
    start = clock.local(row.read.starts_at).time()
    for pk, its_start in since.get(bytes.fromhex(row.identity[:32]), ()):
        if its_start == start or DAY_START in (its_start, start):
            return pk
    return None


def _without_known(rows: Sequence[ImportRow], since: Since) -> list[ImportRow]:
    """The rows that are still new; those that another sheet, or a colleague, has brought meanwhile become known."""
    standing = ImportRow.objects.standing().filter(identity__in=[row.identity for row in rows], verdict=Verdict.NEW)
    known = dict(standing.values_list("identity", "activity"))
    fresh: list[ImportRow] = []
    late: list[ImportRow] = []
    for row in rows:
        row.activity_id = known.get(row.identity) or _entered(row, since)
        (late if row.activity_id else fresh).append(row)
    for row in late:
        row.verdict, row.code, row.is_ready, row.identity = Verdict.KNOWN, "known_here", False, ""
    ImportRow.objects.bulk_update(late, ["verdict", "code", "is_ready", "identity", "activity"])
    return fresh


def _make(imported: Import, rows: Sequence[ImportRow]) -> None:
    """Make activities of the rows, and note at each which."""
    if not rows:
        return
    try:
        with transaction.atomic():
            made = record_imported(actor=imported.actor, held=[_held(imported, row) for row in rows])
    except ActivityError as error:
        if len(rows) == 1:
            _refuse(rows[0], error)
        else:
            # One row can't be had: half by half, until it stands alone and the others are made.
            middle = len(rows) // 2
            _make(imported, rows[:middle])
            _make(imported, rows[middle:])
        return
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
    before: dict[str, Any] = {"attendance": activity.attendance, "note": activity.record.note}
    if before["attendance"] != row.params.get("before"):
        # Somebody else corrected it since the question was answered: it is asked anew.
        row.params, row.answers, row.is_ready = {**row.params, "before": before["attendance"]}, {}, False
        row.save(update_fields=["params", "answers", "is_ready"])
        return
    note, reason = values.note or activity.record.note, revise_reason(imported.file_name, row.number)
    actor = imported.actor
    try:
        with transaction.atomic():
            revise_record(actor=actor, activity=activity, attendance=values.people, note=note, reason=reason)
            if values.organization and add_inspected(
                actor=actor, activity=activity, organization_id=values.organization, reason=reason
            ):
                before["organization"] = values.organization
    except ActivityError as error:
        _refuse(row, error)
        return
    row.before, row.written_at = before, clock.now()
    row.save(update_fields=["before", "written_at"])


def _refuse(row: ImportRow, error: ActivityError) -> None:
    """Leave a row out that the activities don't take, with why."""
    code = "not_corrected" if row.verdict == Verdict.CHANGED else "not_recorded"
    row.verdict, row.code, row.params, row.is_ready = Verdict.REFUSED, code, {"why": str(error)}, False
    row.save(update_fields=["verdict", "code", "params", "is_ready"])
