"""Reads for the pages of a center's staff."""

import dataclasses
import datetime as dt
from typing import Any

from django.db.models import Q

from centers import permissions
from centers.choices import Role
from centers.models import Center, CenterRole
from common import clock


@dataclasses.dataclass(frozen=True)
class HeldRole:
    """A role as its page shows it: dates included at both ends, and whether the viewer may end it."""

    role: CenterRole
    first: dt.date | None
    last: dt.date | None
    can_end: bool


def held_roles(actor: Any, center: Center) -> list[HeldRole]:
    """Roles granted at `center` itself that hold today or will, oldest first. Two queries."""
    grantable = permissions.grantable_roles(actor, center)
    rows = CenterRole.objects.filter(center=center).filter(Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=clock.today()))
    return [
        HeldRole(
            role=row,
            first=row.valid.lower,
            last=row.valid.upper - dt.timedelta(days=1) if row.valid.upper else None,
            can_end=Role(row.role) in grantable,
        )
        for row in rows.select_related("user").order_by("id")
    ]
