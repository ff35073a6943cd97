"""The booking policy of a space.

Its own, else its center's, else the next level's that says anything, field by field.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import connection

from bookings.values.policy import FIELDS, Policy
from common import clock

# The space's own row comes before its center's (depth 0), which comes before those above.
_NEAREST = ", ".join(f"(array_agg(p.{f} ORDER BY p.distance) FILTER (WHERE p.{f} IS NOT NULL))[1]" for f in FIELDS)
_COLUMNS = ", ".join(f"q.{f}" for f in FIELDS)
# id, lineage and the fields of `Policy`, of the spaces named (or all, for None) on a day.
RESOLVED = f"""
    WITH lines AS (
        SELECT s.id AS space_id, a.ancestor_id, a.depth
        FROM bookings_space s JOIN centers_centerancestor a ON a.center_id = s.center_id AND a.valid @> %(day)s::date
        WHERE %(spaces)s IS NULL OR s.id = ANY(%(spaces)s)
    ), p AS (
        SELECT q.space_id AS id, -1 AS distance, {_COLUMNS} FROM bookings_bookingpolicy q WHERE q.space_id IS NOT NULL
        UNION ALL
        SELECT l.space_id, l.depth, {_COLUMNS} FROM lines l JOIN bookings_bookingpolicy q ON q.center_id = l.ancestor_id
    ), above AS (
        SELECT space_id AS id, array_agg(ancestor_id ORDER BY depth) AS lineage FROM lines GROUP BY space_id
    )
    SELECT above.id, above.lineage, {_NEAREST}
    FROM above LEFT JOIN p ON p.id = above.id
    GROUP BY above.id, above.lineage
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
