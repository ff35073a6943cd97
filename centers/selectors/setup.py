"""Reads for the pages a center is set up on."""

import dataclasses
import datetime as dt
from typing import Any

from centers import permissions
from centers.choices import MANAGING, Role
from centers.models import Center, CenterAncestor, CenterRole, WeeklyHours
from common import clock


@dataclasses.dataclass(frozen=True)
class HeldRole:
    """A role as its page shows it.

    Dates included at both ends, and whether the viewer may end it, or set the person's password.
    """

    role: CenterRole
    first: dt.date | None
    last: dt.date | None
    can_end: bool
    can_give_password: bool


def week_of(center: Center) -> tuple[Center | None, list[WeeklyHours]]:
    """The week that holds at `center`: whose it is (its own, else that of the nearest above) and its stretches.

    Two queries.

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


def is_last_managing(role: CenterRole, day: dt.date) -> bool:
    """Whether nobody manages the center itself from `day` on, if this role doesn't.

    One query; none for a role that doesn't manage.
    """
    if role.role not in MANAGING:
        return False
    return (
        not CenterRole.objects.not_over(day)
        .filter(center=role.center_id, role__in=MANAGING)
        .exclude(pk=role.pk)
        .exists()
    )


def manages_by_this_alone(role: CenterRole) -> bool:
    """Whether its holder, without this role, couldn't set up the center any more today.

    One query; none for one that doesn't manage.
    """
    if role.role not in MANAGING:
        return False
    above = CenterAncestor.objects.on(clock.today()).filter(center=role.center_id).values("ancestor")
    others = CenterRole.objects.on(clock.today()).filter(user=role.user_id, role__in=MANAGING, center__in=above)
    return not others.exclude(pk=role.pk).exists()
