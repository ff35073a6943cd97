"""Tree of centers by date: changes, closure table and lineages.

`CenterParent` is the only truth. `CenterAncestor` is made from it here and nowhere else; every read of a subtree goes
through it.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

import pghistory
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max

from centers import exceptions as refused
from centers import permissions
from centers.access import Actor
from centers.choices import STANDARD_AREAS, CenterStatus
from centers.models import Center, CenterAncestor, CenterParent, FunctionalArea, Level, LevelRule
from centers.services import tree_sql
from centers.values.english_names import english_name
from centers.values.names import display_name
from common import clock


@transaction.atomic
def rebuild(center_ids: Collection[int] | None = None) -> None:
    """Rebuild the closure table of these centers and all below them; of the whole network without ids.

    Set-based: the number of queries doesn't depend on the number of centers. Raises IntegrityError if a parent breaks a
    level rule.
    """
    with connection.cursor() as cursor:
        cursor.execute(tree_sql.LOCK)
        cursor.execute(tree_sql.CHECK_RULES)
        cursor.execute(tree_sql.DEFER_AGAIN)
        ids: list[int] = []
        if center_ids is None:
            cursor.execute(tree_sql.CLEAR_ALL)
        else:
            cursor.execute(tree_sql.SUBTREE, [list(center_ids)])
            ids = [row[0] for row in cursor.fetchall()]
            cursor.execute(tree_sql.CLEAR, [ids])
        cursor.execute(tree_sql.UNFOLD, {"all": center_ids is None, "ids": ids})


def move_center(*, actor: Actor, center: Center, new_parent: Center, on: dt.date, reason: str = "") -> CenterParent:
    """Move `center` and all below it under `new_parent` from `on`.

    Before that date nothing changes, nor do figures of that time.

    `actor` is the person, who must administer both the old parent and the new one; None is the system itself. Raises
    NotAllowed, NothingAbove, SameParent, MoveTooEarly (the present place was taken on or after `on`) or
    LevelRuleBroken.
    """
    with pghistory.context(reason=reason), transaction.atomic():
        _lock_tree()
        present = (
            CenterParent.objects.select_related("parent").filter(center=center, valid__endswith__isnull=True).first()
        )
        if present is None:
            raise refused.NothingAbove
        if not (permissions.can_administer(actor, present.parent) and permissions.can_administer(actor, new_parent)):
            raise refused.NotAllowed
        if present.parent_id == new_parent.pk:
            raise refused.SameParent
        if present.valid.lower is not None and on <= present.valid.lower:
            raise refused.MoveTooEarly(since=present.valid.lower)
        check_level_rule(parent=new_parent.level, child=center.level)
        present.valid = DateRange(present.valid.lower, on, "[)")
        present.save(update_fields=["valid"])
        moved = CenterParent.objects.create(center=center, parent=new_parent, valid=DateRange(on, None, "[)"))
        rebuild([center.pk])
        return moved


def add_center(
    *, actor: Actor, code: str, official_name: str, level: Level, parent: Center | None, **details: Any
) -> Center:
    """Add a center under `parent` (None: a new top), with the standard areas its level has.

    It counts as always having stood there.

    `details` are further fields of Center; `name` and `name_en` set what else is derived.
    Raises NotAllowed, CodeTaken or LevelRuleBroken.
    """
    if not permissions.can_administer(actor, parent):
        raise refused.NotAllowed
    if parent is not None:
        check_level_rule(parent=parent.level, child=level)
    names = _names(official_name, details.pop("name", ""), details.pop("name_en", ""))
    with transaction.atomic():
        _lock_tree()
        if Center.objects.filter(code=code).exists():
            raise refused.CodeTaken
        last = Center.objects.aggregate(last=Max("order"))["last"] or 0
        center = Center.objects.create(code=code, level=level, order=last + 1, **names, **details)
        if parent is not None:
            CenterParent.objects.create(center=center, parent=parent, valid=DateRange(None, None, "[)"))
        if level.has_standard_areas:
            FunctionalArea.objects.bulk_create(FunctionalArea(center=center, kind=kind) for kind in STANDARD_AREAS)
        rebuild([center.pk])
    return center


def _names(official_name: str, own_name: str, own_name_en: str) -> dict[str, Any]:
    """Name fields of a center: its own where it has them, else derived."""
    name = own_name or display_name(official_name)
    return {
        "official_name": official_name,
        "name": name,
        "is_name_derived": not own_name,
        "name_en": own_name_en or english_name(name),
        "is_name_en_derived": not own_name_en,
    }


def close_center_for_good(*, actor: Actor, center: Center, on: dt.date, reason: str = "") -> None:
    """Close `center` from `on` (today or before).

    It keeps its place in the tree, so that its past still counts where it stood.

    What is booked there this app can't see: call `bookings.services.spaces.close_center_for_good`, which keeps bookers
    out meanwhile. Raises NotAllowed, ClosingInFuture, ClosedBeforeOpening, or StillHasCenters while one that isn't
    closed stands below it.
    """
    if not permissions.can_administer(actor, center):
        raise refused.NotAllowed
    if on > clock.today():
        raise refused.ClosingInFuture
    if center.opened_on is not None and on <= center.opened_on:
        raise refused.ClosedBeforeOpening
    with pghistory.context(reason=reason), transaction.atomic():
        _lock_tree()
        below = Center.objects.under([center.pk], clock.today()).exclude(pk=center.pk)
        if below.exclude(status=CenterStatus.CLOSED).exists():
            raise refused.StillHasCenters
        center.status, center.closed_on = CenterStatus.CLOSED, on
        center.save(update_fields=["status", "closed_on"])


def check_level_rule(*, parent: Level, child: Level) -> None:
    """Raise LevelRuleBroken unless a center of level `child` may stand under one of level `parent`."""
    if not LevelRule.objects.filter(parent=parent, child=child).exists():
        raise refused.LevelRuleBroken(parent=parent, child=child)


def lineage(center: Center | int, on: dt.date) -> list[int]:
    """Lineage of a center: ids from itself up to the root, as the tree stood on `on`.

    Facts such as bookings are stamped with it.
    """
    center_id = center if isinstance(center, int) else center.pk
    return lineages([center_id], on).get(center_id, [])


def lineages(center_ids: Iterable[int], on: dt.date) -> dict[int, list[int]]:
    """Lineages of many centers in one query."""
    found: dict[int, list[int]] = {}
    rows = CenterAncestor.objects.on(on).filter(center__in=list(center_ids)).order_by("center_id", "depth")
    for center_id, ancestor_id in rows.values_list("center_id", "ancestor_id"):
        found.setdefault(center_id, []).append(ancestor_id)
    return found


def _lock_tree() -> None:
    """Make changes of the tree wait for each other, so that each sees the parents that the last one left.

    The lock holds until the transaction ends.
    """
    with connection.cursor() as cursor:
        cursor.execute(tree_sql.LOCK)
