"""SQL queries of `centers.domain.hours`: lineages and opening rules.

Handwritten and few: every page with rooms on it, and every booking, asks for them.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import connection

from common import clock

# Rows of a center stand from itself upward.
_LINEAGES = """
    SELECT a.center_id, a.ancestor_id, lower(a.valid), upper(a.valid), c.status, c.opened_on, c.closed_on
    FROM centers_centerancestor a JOIN centers_center c ON c.id = a.center_id
    WHERE a.center_id = ANY(%(centers)s) AND a.valid && daterange(%(first)s, %(last)s, '[]')
    ORDER BY a.center_id, a.depth
"""
# All opening rules in one result: type, center, kind of day or mark, date, times, moments, words.
_RULES = """
    SELECT 'week', center_id, day_kind, NULL::date, opens, closes, NULL::timestamptz, NULL::timestamptz, ''
    FROM centers_weeklyhours WHERE center_id = ANY(%(centers)s)
    UNION ALL
    SELECT 'special_day', center_id, '', day, opens, closes, NULL, NULL, reason
    FROM centers_specialday WHERE center_id = ANY(%(centers)s) AND day BETWEEN %(first)s AND %(last)s
    UNION ALL
    SELECT 'closure', center_id, '', NULL, NULL, NULL, starts_at, ends_at, reason
    FROM centers_closure WHERE center_id = ANY(%(centers)s) AND starts_at < %(ends)s AND ends_at > %(starts)s
    UNION ALL
    SELECT 'override', center_id, mark, day, NULL, NULL, NULL, NULL, name
    FROM centers_calendaroverride WHERE center_id = ANY(%(centers)s) AND day BETWEEN %(first)s AND %(last)s
    UNION ALL
    SELECT 'year', center_id, '', make_date(year, 1, 1), NULL, NULL, NULL, NULL, ''
    FROM centers_calendaryear WHERE center_id = ANY(%(centers)s)
      AND year BETWEEN extract(year FROM %(first)s::date) AND extract(year FROM %(last)s::date)
    ORDER BY 2, 4, 5 NULLS FIRST, 7
"""


def lineages(center_ids: Collection[int], first: dt.date, last: dt.date) -> list[tuple[Any, ...]]:
    """Lineages between two dates: (center, ancestor, since, until, status, opened on, closed on)."""
    return _rows(_LINEAGES, centers=list(center_ids), first=first, last=last)


def rules_of(center_ids: Collection[int], first: dt.date, last: dt.date) -> list[tuple[Any, ...]]:
    """Opening rules between two dates: (type, center, mark, day, opens, closes, starts_at, ends_at, words).

    A complete year stands as its first day.

    Times as they are kept: closing at 00:00 is 24:00 (`opening.END_OF_DAY`).
    """
    return _rows(
        _RULES,
        centers=list(center_ids),
        first=first,
        last=last,
        starts=clock.midnight(first),
        ends=clock.midnight(last + dt.timedelta(days=1)),
    )


def _rows(statement: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
