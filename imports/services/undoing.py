"""Undoing an import: its activities are withdrawn, its corrections reversed.

What was touched or reported since is kept, and named.
"""

import uuid
from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from activities.choices import ActivityState, ActivityVerb
from activities.domain.withdrawals import Standing, reported
from activities.models import Activity
from activities.services.imported import withdraw_activities
from activities.services.inspections import take_back_inspected
from activities.services.records import revise_record
from common import clock
from imports import exceptions as refused
from imports.choices import ImportState, Kept, Verdict
from imports.models import Import, ImportRow
from imports.services.running import BATCH, finish, hand_over, held, locked_for_change, move_on, must_lead
from imports.values.words import undo_reason

KEPT = {Standing.EDITED: Kept.EDITED, Standing.REPORTED: Kept.REPORTED}


def undo_import(*, actor: User, imported: Import) -> Import:
    """Have a worker take back what an import made, on behalf of `actor`, who works for all centers of its activities.

    Raises ImportNotAllowed, ImportBusy, NotTried, NothingToUndo.
    """
    with transaction.atomic():
        imported = locked_for_change(actor, imported, ImportState.DONE)
        standing = imported.rows.standing().count()
        if not standing:
            raise refused.NothingToUndo
        must_lead(actor, imported.rows.standing().values_list("activity__center", flat=True))
        imported.rows.update(kept="")
        hand_over(imported, ImportState.UNDOING, standing, actor=actor)
    return imported


def undo_rows(pk: int, runner: uuid.UUID) -> None:
    """Take back all rows of an import that can be. Raises LeftToAnother."""
    while _undo_batch(pk, runner):
        pass


@transaction.atomic
def _undo_batch(pk: int, runner: uuid.UUID) -> bool:
    imported = held(pk, runner, ImportState.UNDOING)
    rows = list(imported.rows.standing().filter(kept="").order_by("number")[:BATCH])
    if not rows or imported.is_stopping:
        finish(imported, ImportState.DONE if rows else ImportState.UNDONE)
        return False
    made = [row for row in rows if row.verdict == Verdict.NEW]
    _withdraw(imported, made)
    for row in rows:
        if row.verdict == Verdict.CHANGED:
            _reverse(imported, row)
    move_on(imported, len(rows))
    return True


def _withdraw(imported: Import, rows: Sequence[ImportRow]) -> None:
    stay = withdraw_activities(
        actor=imported.actor,
        pks=[row.activity_id for row in rows if row.activity_id],
        reason=undo_reason(imported.file_name),
    )
    now = clock.now()
    imported.rows.filter(pk__in=[row.pk for row in rows if row.activity_id not in stay]).update(undone_at=now)
    for standing, kept in KEPT.items():
        which = [row.pk for row in rows if row.activity_id and stay.get(row.activity_id) == standing]
        imported.rows.filter(pk__in=which).update(kept=kept)


def _take_back_added(imported: Import, row: ImportRow, activity: Activity) -> bool:
    """Take back the organisation that a row added, if it did; False where something was made of it since."""
    added = (row.before or {}).get("organization")
    reason = undo_reason(imported.file_name)
    return added is None or take_back_inspected(
        actor=imported.actor, activity=activity, organization_id=added, reason=reason
    )


def _reverse(imported: Import, row: ImportRow) -> None:
    """Reverse the correction of a record, unless somebody corrected it again, or it was reported."""
    activity = Activity.objects.select_related("record").get(pk=row.made)
    before = row.before or {}
    revisions = activity.events.filter(verb=ActivityVerb.REVISE, at__gt=row.written_at)
    if reported([activity.pk]):
        row.kept = Kept.REPORTED
    elif (
        activity.state != ActivityState.RECORDED or revisions.exists() or not _take_back_added(imported, row, activity)
    ):
        row.kept = Kept.EDITED
    else:
        revise_record(
            actor=imported.actor,
            activity=activity,
            attendance=before["attendance"],
            note=before["note"],
            reason=undo_reason(imported.file_name),
        )
        row.undone_at = clock.now()
    row.save(update_fields=["kept", "undone_at"])
