"""Use of rooms a month: minutes in which cells were open, and minutes of these in which they were used."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection

from bookings.choices import Status
from bookings.models import Cell
from centers.domain.hours import open_days
from common import clock
from common.intervals import Span, clip
from common.months import Month

MINUTE = dt.timedelta(minutes=1)

# A use counts as far as it lies within the open hours of the cell's center: no share of them is above the whole.
_USED = """
    WITH shown AS (
        SELECT DISTINCT cell.id, cell.center_id FROM bookings_cell cell
        JOIN bookings_space_cells link ON link.cell_id = cell.id
        JOIN bookings_space space ON space.id = link.space_id AND space.is_active
    ), hours AS (
        SELECT * FROM unnest(%(centers)s::bigint[], %(starts)s::timestamptz[], %(ends)s::timestamptz[])
            AS given(center_id, starts_at, ends_at)
    )
    SELECT shown.center_id,
        round(sum(extract(epoch FROM LEAST(used.ends_at, hours.ends_at) - GREATEST(used.starts_at, hours.starts_at)))
            / 60, 2)
    FROM bookings_booking used
    JOIN bookings_space_cells link ON link.space_id = used.space_id
    JOIN shown ON shown.id = link.cell_id
    JOIN hours ON hours.center_id = shown.center_id
        AND hours.starts_at < used.ends_at AND hours.ends_at > used.starts_at
    WHERE used.status = ANY(%(used)s) AND used.starts_at < %(until)s AND used.ends_at > %(since)s
    GROUP BY shown.center_id
"""


def use_of_rooms(month: Month) -> list[tuple[int, tuple[Decimal, Decimal]]]:
    """By center, the minutes of all cells that can be booked in which it was open, up to now, and those of use.

    Five queries.
    """
    shown = Cell.objects.filter(spaces__is_active=True).distinct()
    cells = Counter(shown.values_list("center", flat=True))
    spans = _open_spans(cells, month)
    used = _used_minutes(spans, month)
    return [
        (center, (Decimal(cells[center] * _minutes(open_)), used.get(center, Decimal(0))))
        for center, open_ in spans.items()
    ]


def _used_minutes(spans: Mapping[int, Sequence[Span]], month: Month) -> dict[int, Decimal]:
    hours = [(center, *span) for center, of_center in spans.items() for span in of_center]
    given: dict[str, Any] = {
        "centers": [center for center, _starts, _ends in hours],
        "starts": [starts for _center, starts, _ends in hours],
        "ends": [ends for _center, _starts, ends in hours],
        "used": [Status.APPROVED, Status.RELEASED],
        "since": month.starts_at,
        "until": month.ends_at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_USED, given)
        return dict(cursor.fetchall())


def _minutes(spans: Sequence[Span]) -> int:
    return sum((end - start for start, end in spans), dt.timedelta()) // MINUTE


def _open_spans(center_ids: Collection[int], month: Month) -> dict[int, list[Span]]:
    until = min(month.ends_at, clock.now())
    if until <= month.starts_at:
        return {}
    days = open_days(center_ids, month.first, min(month.last, clock.local(until).date()))
    return {
        center: clip([span for day in by_day.values() for span in day.spans], (month.starts_at, until))
        for center, by_day in days.items()
    }
