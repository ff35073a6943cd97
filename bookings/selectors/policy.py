"""Origins of a booking policy's values, for the form that sets it.

`bookings.domain.policies` resolves the values themselves.
"""

import dataclasses
from typing import Any

from bookings.models import BookingPolicy
from bookings.values.policy import FIELDS, Policy
from centers.models import Center, CenterAncestor
from common import clock


@dataclasses.dataclass(frozen=True)
class Inherited:
    """Value that holds where a field is left blank, and the center that says so; None: it is the portal's default."""

    value: Any
    source: Center | None


def inherited_policy(center: Center, *, for_room: bool = False) -> dict[str, Inherited]:
    """By field, what `center` takes from above; `for_room`, what a room of it takes from the center and above.

    One query.
    """
    rows = (
        CenterAncestor.objects.on(clock.today())
        .filter(center=center, depth__gte=0 if for_room else 1)
        .order_by("depth")
    )
    levels = [row.ancestor for row in rows.select_related("ancestor__booking_policy")]
    policies = [(level, policy) for level in levels if (policy := getattr(level, "booking_policy", None))]
    return {field: _nearest(field, policies) for field in FIELDS}


def _nearest(field: str, policies: list[tuple[Center, BookingPolicy]]) -> Inherited:
    for center, policy in policies:
        if (value := getattr(policy, field)) is not None:
            return Inherited(value, center)
    return Inherited(getattr(Policy(), field), None)
