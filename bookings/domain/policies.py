"""The booking policy of a space.

Its own, else its center's, else the next level's that says anything, field by field.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import connection

from bookings.values.policy import FIELDS, Policy
from common import clock

# The space's own row comes before its center's (depth 0), which comes before those above. As one plain join: with a
# union of own and inherited rows its planning took longer than a booking's other questions together.
_NEAREST = ", ".join(
    f"coalesce(own.{f}, (array_agg(q.{f} ORDER BY a.depth) FILTER (WHERE q.{f} IS NOT NULL))[1])" for f in FIELDS
)
# id, lineage and the fields of `Policy`, of the spaces named (or all, for None) on a day.
RESOLVED = f"""
    SELECT s.id, array_agg(a.ancestor_id ORDER BY a.depth) AS lineage, {_NEAREST}
    FROM bookings_space s
    JOIN centers_centerancestor a ON a.center_id = s.center_id AND a.valid @> %(day)s::date
    LEFT JOIN bookings_bookingpolicy q ON q.center_id = a.ancestor_id
    LEFT JOIN bookings_bookingpolicy own ON own.space_id = s.id
    WHERE %(spaces)s IS NULL OR s.id = ANY(%(spaces)s)
    GROUP BY s.id, own.id
"""  # noqa: S608 - the only names put in are the fields of the dataclass


def resolve(space_ids: Collection[int] | None = None, on: dt.date | None = None) -> dict[int, tuple[Policy, list[int]]]:
    """Policy and lineage (its center up to the root) of the named spaces, or of all, on a day. One query."""
    with connection.cursor() as cursor:
        cursor.execute(RESOLVED, {"day": on or clock.today(), "spaces": None if space_ids is None else list(space_ids)})
        rows = cursor.fetchall()
    return {space_id: (policy_from(values), lineage) for space_id, lineage, *values in rows}


def policy_from(values: Collection[Any]) -> Policy:
    """The policy of a resolved row: fields that no level set take the portal's defaults."""
    return Policy(**{name: value for name, value in zip(FIELDS, values, strict=True) if value is not None})
