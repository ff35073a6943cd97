"""Reads for the pages a center is set up on."""

import dataclasses
import datetime as dt
from typing import Any

from centers import permissions
from centers.choices import Role
from centers.models import Center, CenterAncestor, CenterRole, WeeklyHours
from common import clock


@dataclasses.dataclass(frozen=True)
class HeldRole:
    """A role as its page shows it: dates included at both ends, and whether the viewer may end it, or set the person's password."""

    role: CenterRole
    first: dt.date | None
    last: dt.date | None
    can_end: bool
    can_give_password: bool


def week_of(center: Center) -> tuple[Center | None, list[WeeklyHours]]:
    """The week that holds at `center`: whose it is (its own, else that of the nearest above) and its stretches. Two queries.

    (None, []) where no hours are entered up to the top.
    """
    at_hand = CenterAncestor.objects.on(clock.today()).filter(center=center, ancestor__weekly_hours__isnull=False)
    nearest = at_hand.order_by("depth").select_related("ancestor").first()
    if nearest is None:
        return None, []
    return nearest.ancestor, list(nearest.ancestor.weekly_hours.all())


def held_roles(actor: Any, center: Center) -> list[HeldRole]:
    """Roles granted at `center` itself that hold today or will, oldest first. Four queries, however many."""
    grantable = permissions.grantable_roles(actor, center)
    rows = list(CenterRole.objects.not_over(clock.today()).filter(center=center).select_related("user").order_by("id"))
    passwords = permissions.givable_passwords(actor, [row.user for row in rows])
    return [
        HeldRole(
            role=row,
            first=row.valid.lower,
            last=row.valid.upper - dt.timedelta(days=1) if row.valid.upper else None,
            can_end=Role(row.role) in grantable,
            can_give_password=row.user_id in passwords,
        )
        for row in rows
    ]
