"""Import of a sheet of organisations: a dry run with a verdict a row, then all of it or nothing."""

import dataclasses
from collections.abc import Sequence

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from centers.access import Actor
from centers.models import Center
from organizations import exceptions as refused
from organizations import permissions
from organizations.choices import FieldOfWork
from organizations.domain import locks
from organizations.domain.import_verdicts import Outcome, Verdict, judge
from organizations.models import Liaison, Organization, OrganizationCenter
from organizations.services.organizations import english_fields
from organizations.values.import_rows import ImportRow


@dataclasses.dataclass(frozen=True)
class ImportReport:
    """Counts of rows by what was done with them."""

    created: int = 0
    changed: int = 0
    known: int = 0
    left_out: int = 0


def try_import(*, actor: Actor, center: Center, rows: Sequence[ImportRow]) -> list[Verdict]:
    """Verdict on each row, without writing anything. Raises NotAllowed."""
    if not permissions.can_manage_at(actor, center):
        raise refused.NotAllowed
    return judge(center, rows)


@transaction.atomic
def import_organizations(
    *, actor: Actor, center: Center, rows: Sequence[ImportRow], with_changes: bool = False, leave_out: bool = False
) -> ImportReport:
    """Write the rows of a sheet: new organisations, and with `with_changes` what changes of known ones.

    All or nothing, judged anew under the lock of the register, so that the same sheet twice is written once. Faulty
    rows are left out if `leave_out` says so, else ImportHasFaults is raised and nothing is written. Raises NotAllowed,
    NothingToImport.
    """
    if not permissions.can_manage_at(actor, center):
        raise refused.NotAllowed
    locks.lock_register()
    verdicts = judge(center, rows, with_changes=with_changes)
    by_outcome = {outcome: [one for one in verdicts if one.outcome == outcome] for outcome in Outcome}
    new, changed, faulty = by_outcome[Outcome.NEW], by_outcome[Outcome.CHANGED], by_outcome[Outcome.FAULTY]
    if faulty and not leave_out:
        raise refused.ImportHasFaults(n=len(faulty))
    if not new and not changed:
        raise refused.NothingToImport
    made = _create(new)
    _change(changed, made)
    return ImportReport(len(new), len(changed), len(by_outcome[Outcome.KNOWN]), len(faulty))


def _create(new: list[Verdict]) -> dict[int, int]:
    """Create the new organisations, then point each to the one above it. Returns ids by the key of the row."""
    organizations = Organization.objects.bulk_create(
        Organization(
            name=verdict.row.name,
            type=verdict.row.type,
            field_of_work=verdict.row.field_of_work or FieldOfWork.OTHER,
            # One that is new too has no id yet.
            parent_id=verdict.parent_id if (verdict.parent_id or 0) > 0 else None,
            founded_on=verdict.row.founded_on,
            **english_fields(verdict.row.name, ""),
        )
        for verdict in new
    )
    made = {verdict.key: organization.pk for verdict, organization in zip(new, organizations, strict=True)}
    below = []
    for verdict, organization in zip(new, organizations, strict=True):
        if verdict.parent_id is not None and verdict.parent_id < 0:
            organization.parent_id = made[verdict.parent_id]
            below.append(organization)
    Organization.objects.bulk_update(below, ["parent"])
    OrganizationCenter.objects.bulk_create(
        OrganizationCenter(organization=organization, center=verdict.center, valid=DateRange(None, None, "[)"))
        for verdict, organization in zip(new, organizations, strict=True)
    )
    Liaison.objects.bulk_create(
        Liaison(organization=organization, name=verdict.row.liaison, phone=verdict.row.phone)
        for verdict, organization in zip(new, organizations, strict=True)
        if verdict.row.liaison
    )
    return made


def _change(changed: list[Verdict], made: dict[int, int]) -> None:
    """Write what rows change of organisations that are known."""
    fields = ("type", "field_of_work", "founded_on")
    held, liaisons = [], []
    for verdict in changed:
        organization, changes = verdict.organization, verdict.changes
        assert organization is not None  # noqa: S101 (it is known)
        for field in fields:
            setattr(organization, field, changes.get(field, getattr(organization, field)))
        if "parent" in changes:
            organization.parent_id = made.get(changes["parent"], changes["parent"])
        held.append(organization)
        if changes.keys() & {"liaison", "phone"}:
            before = getattr(organization, "liaison", None) or Liaison(organization=organization)
            before.name = changes.get("liaison", before.name)
            before.phone = changes.get("phone", before.phone)
            # Another person: what was known of the one before isn't theirs.
            if "liaison" in changes:
                before.phone, before.user = verdict.row.phone, None
            liaisons.append(before)
    Organization.objects.bulk_update(held, [*fields, "parent"])
    Liaison.objects.bulk_create(
        liaisons,
        update_conflicts=True,
        unique_fields=["organization"],
        update_fields=["name", "phone", "user"],
    )
