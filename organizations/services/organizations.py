"""Organisations: entered, changed, moved to another center, dissolved and restored.

History of these tables is written by the database (pghistory). All take the lock of the register first: names, places
and the hierarchy of several organisations hang together.
"""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from centers.access import Actor
from centers.models import Center
from common import clock
from organizations import exceptions as refused
from organizations import permissions
from organizations.domain import locks
from organizations.domain.hierarchy import Hierarchy, Place
from organizations.models import Organization, OrganizationCenter
from organizations.values.english_names import english_name

CHANGEABLE = ("name", "short_name", "name_en", "type", "field_of_work", "parent", "founded_on")


@transaction.atomic
def create_organization(
    *,
    actor: Actor,
    center: Center,
    name: str,
    type: str,
    field_of_work: str,
    short_name: str = "",
    name_en: str = "",
    parent: Organization | None = None,
    founded_on: dt.date | None = None,
) -> Organization:
    """Enter an organisation under `center`, as always having stood there.

    Raises NotAllowed, NameTaken, ParentDissolved, ParentCannotLead, or ValidationError for a value out of range.
    """
    if not permissions.can_manage_at(actor, center):
        raise refused.NotAllowed
    locks.lock_register()
    made = Organization(
        name=name,
        short_name=short_name,
        type=type,
        field_of_work=field_of_work,
        parent=parent,
        founded_on=founded_on,
        **english_fields(name, name_en),
    )
    made.full_clean(validate_constraints=False)
    _check_name(made, center)
    hierarchy = Hierarchy.load()
    hierarchy.put(0, Place(made.type, made.parent_id))
    hierarchy.check(0)
    made.save(force_insert=True)
    OrganizationCenter.objects.create(organization=made, center=center, valid=DateRange(None, None, "[)"))
    return made


@transaction.atomic
def change_organization(*, actor: Actor, organization: Organization, **changes: Any) -> Organization:
    """Change an organisation's `CHANGEABLE` fields; a blank English name is derived anew.

    Returns it as it is saved; `organization` itself stays as it was.

    Raises NotAllowed, NameTaken, ParentDissolved, ParentCannotLead, ParentBelow, CannotLeadBelow,
    FoundedAfterDissolution, or ValidationError for a value out of range.
    """
    unknown = set(changes) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"an organisation's {', '.join(sorted(unknown))} can't be changed")
    held = _held(actor, organization)
    for field, value in changes.items():
        setattr(held, field, value)
    own = held.name_en if "name_en" in changes or not held.is_name_en_derived else ""
    for field, value in english_fields(held.name, own).items():
        setattr(held, field, value)
    held.full_clean(validate_constraints=False)
    if held.founded_on and held.dissolved_on and held.founded_on >= held.dissolved_on:
        raise refused.FoundedAfterDissolution
    if "name" in changes:
        _check_name(held)
    check_place(held)
    held.save()
    return held


@transaction.atomic
def move_organization(*, actor: Actor, organization: Organization, center: Center, on: dt.date) -> OrganizationCenter:
    """Move an organisation under another center from `on`; before that date nothing changes.

    `actor` must manage both centers. Raises NotAllowed, SameCenter, MoveTooEarly (the present place was taken on or
    after `on`), MoveBeforeFounding, Dissolved, NameTaken.
    """
    held = _held(actor, organization)
    if not permissions.can_manage_at(actor, center):
        raise refused.NotAllowed
    if held.dissolved_on is not None and held.dissolved_on <= on:
        raise refused.Dissolved
    present = OrganizationCenter.objects.select_for_update(of=("self",)).get(
        organization=held, valid__endswith__isnull=True
    )
    # Where a move is still to come, it leads away from a center that the actor must manage as well.
    if not permissions.can_manage_at(actor, present.center_id):
        raise refused.NotAllowed
    if present.center_id == center.pk:
        raise refused.SameCenter
    if present.valid.lower is not None and on <= present.valid.lower:
        raise refused.MoveTooEarly(since=present.valid.lower)
    if held.founded_on is not None and on <= held.founded_on:
        raise refused.MoveBeforeFounding(founded=held.founded_on)
    _check_name(held, center)
    present.valid = DateRange(present.valid.lower, on, "[)")
    present.save(update_fields=["valid"])
    return OrganizationCenter.objects.create(organization=held, center=center, valid=DateRange(on, None, "[)"))


@transaction.atomic
def dissolve_organization(*, actor: Actor, organization: Organization, on: dt.date) -> Organization:
    """Dissolve an organisation: `on` is the first day it no longer exists, past or to come.

    It keeps its place, so that its past still counts where it stood. Raises NotAllowed, Dissolved,
    DissolvedBeforeFounding, or StillLeads while others stand below it.
    """
    held = _held(actor, organization)
    if held.dissolved_on is not None:
        raise refused.Dissolved
    if held.founded_on is not None and on <= held.founded_on:
        raise refused.DissolvedBeforeFounding
    if below := Hierarchy.load().count_below(held.pk):
        raise refused.StillLeads(n=below)
    held.dissolved_on = on
    held.save(update_fields=["dissolved_on"])
    return held


@transaction.atomic
def restore_organization(*, actor: Actor, organization: Organization) -> Organization:
    """Take back the dissolution of an organisation.

    Raises NotAllowed, NotDissolved, NameTaken (another has its name meanwhile) or ParentDissolved.
    """
    held = _held(actor, organization)
    if held.dissolved_on is None:
        raise refused.NotDissolved
    held.dissolved_on = None
    _check_name(held)
    check_place(held)
    held.save(update_fields=["dissolved_on"])
    return held


def english_fields(name: str, own: str) -> dict[str, Any]:
    """English name of an organisation: its own where it has one, else derived."""
    return {"name_en": own or english_name(name), "is_name_en_derived": not own}


def check_place(organization: Organization) -> None:
    """Raise what `Hierarchy.check` raises of an organisation as it would be saved."""
    hierarchy = Hierarchy.load()
    place = Place(organization.type, organization.parent_id, organization.dissolved_on is not None)
    hierarchy.put(organization.pk, place)
    hierarchy.check(organization.pk)


def _held(actor: Actor, organization: Organization) -> Organization:
    """Lock the register and load the organisation as it stands, for an actor who manages it."""
    locks.lock_register()
    held = Organization.objects.select_for_update(of=("self",), no_key=True).get(pk=organization.pk)
    if not permissions.can_manage(actor, held):
        raise refused.NotAllowed
    return held


def _check_name(organization: Organization, center: Center | None = None) -> None:
    """Raise NameTaken where another of its name stands now or will, undissolved, under `center`.

    Without one, under those that it stands under itself, now or later.
    """
    today = clock.today()
    if center is None:
        centers = list(organization.placements.not_over(today).values_list("center", flat=True))
    else:
        centers = [center.pk]
    standing = OrganizationCenter.objects.not_over(today).filter(center__in=centers).values("organization")
    others = Organization.objects.not_dissolved(today).filter(name=organization.name, pk__in=standing)
    if others.exclude(pk=organization.pk).exists():
        raise refused.NameTaken
