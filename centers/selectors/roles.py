"""Roles held at a center, for the pages on which they are granted and ended."""

import dataclasses
import datetime as dt

from centers import permissions
from centers.access import Viewer
from centers.choices import MANAGING, Role
from centers.models import Center, CenterAncestor, CenterRole
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


def held_roles(actor: Viewer, center: Center) -> list[HeldRole]:
    """Roles granted at `center` itself that hold today or will, oldest first."""
    grantable = permissions.grantable_roles(actor, center)
    rows = list(CenterRole.objects.not_over(clock.today()).filter(center=center).select_related("user").order_by("id"))
    passwords = permissions.givable_passwords(actor, [row.user for row in rows])
    return [
        HeldRole(
            role=row,
            first=row.valid.lower,
            last=row.last_day,
            can_end=Role(row.role) in grantable,
            can_give_password=row.user_id in passwords,
        )
        for row in rows
    ]


def is_last_managing(role: CenterRole, day: dt.date) -> bool:
    """Whether nobody manages the center itself from `day` on, if this role doesn't."""
    if role.role not in MANAGING:
        return False
    return (
        not CenterRole.objects.not_over(day)
        .filter(center=role.center_id, role__in=MANAGING)
        .exclude(pk=role.pk)
        .exists()
    )


def manages_by_this_alone(role: CenterRole) -> bool:
    """Whether its holder, without this role, couldn't set up the center any more today."""
    if role.role not in MANAGING:
        return False
    above = CenterAncestor.objects.on(clock.today()).filter(center=role.center_id).values("ancestor")
    others = CenterRole.objects.on(clock.today()).filter(user=role.user_id, role__in=MANAGING, center__in=above)
    return not others.exclude(pk=role.pk).exists()
