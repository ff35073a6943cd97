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
from stats.choices import HOURS

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)

# A use counts as far as it lies within the open hours of the cell's center: no share of them is above the whole.
_USES = """
    WITH shown AS (
        SELECT DISTINCT cell.id, cell.center_id FROM bookings_cell cell
        JOIN bookings_space_cells link ON link.cell_id = cell.id
        JOIN bookings_space space ON space.id = link.space_id AND space.is_active
    ), hours AS (
        SELECT * FROM unnest(%(centers)s::bigint[], %(starts)s::timestamptz[], %(ends)s::timestamptz[])
            AS given(center_id, starts_at, ends_at)
    ), uses AS (
        SELECT shown.center_id,
            GREATEST(used.starts_at, hours.starts_at) AS starts_at, LEAST(used.ends_at, hours.ends_at) AS ends_at
        FROM bookings_booking used
        JOIN bookings_space_cells link ON link.space_id = used.space_id
        JOIN shown ON shown.id = link.cell_id
        JOIN hours ON hours.center_id = shown.center_id
            AND hours.starts_at < used.ends_at AND hours.ends_at > used.starts_at
        WHERE used.status = ANY(%(used)s) AND used.starts_at < %(until)s AND used.ends_at > %(since)s
    )
"""
_BY_CENTER = """
    SELECT center_id, round(sum(extract(epoch FROM ends_at - starts_at)) / 60, 2) FROM uses GROUP BY center_id
"""
# Hours of Shanghai begin with those of UTC.
_BY_HOUR = """
    SELECT center_id,
        (extract(isodow FROM hour AT TIME ZONE 'Asia/Shanghai')::integer - 1) * 24
            + extract(hour FROM hour AT TIME ZONE 'Asia/Shanghai')::integer,
        sum(extract(epoch FROM LEAST(ends_at, hour + interval '1 hour') - GREATEST(starts_at, hour)))::integer / 60
    FROM uses CROSS JOIN LATERAL generate_series(
        date_trunc('hour', starts_at), ends_at - interval '1 microsecond', interval '1 hour'
    ) AS hour
    GROUP BY 1, 2
"""


def use_of_rooms(month: Month) -> list[tuple[int, tuple[Decimal, Decimal]]]:
    """By center, the minutes of all cells that can be booked in which it was open, up to now, and those of use.

    Four queries.
    """
    cells = _cells_by_center()
    spans = _open_spans(cells, month)
    used = dict(_used(_USES + _BY_CENTER, spans, month))
    return [
        (center, (Decimal(cells[center] * _minutes(open_)), used.get(center, Decimal(0))))
        for center, open_ in spans.items()
    ]


def use_by_hour(month: Month) -> list[tuple[int, list[int], list[int]]]:
    """The same by hour of the week from Monday, 0:00 on: by center, minutes used and minutes open. Four queries."""
    cells = _cells_by_center()
    spans = _open_spans(cells, month)
    used: dict[int, list[int]] = {center: [0] * HOURS for center in spans}
    for center, hour, minutes in _used(_USES + _BY_HOUR, spans, month):
        used[center][hour] = minutes
    return [
        (center, used[center], [cells[center] * minutes for minutes in _minutes_by_hour(open_)])
        for center, open_ in spans.items()
    ]


def _cells_by_center() -> Counter[int]:
    """Number of cells of rooms that can be booked, by center; each cell once."""
    shown = Cell.objects.filter(spaces__is_active=True).distinct()
    return Counter(center for _cell, center in shown.values_list("pk", "center"))


def _used(statement: str, spans: Mapping[int, Sequence[Span]], month: Month) -> list[tuple[Any, ...]]:
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
        cursor.execute(statement, given)
        return list(cursor.fetchall())


def _minutes_by_hour(spans: Sequence[Span]) -> list[int]:
    found = [0] * HOURS
    for start, end in spans:
        moment = start
        while moment < end:
            here = clock.local(moment)
            next_hour = moment + HOUR - dt.timedelta(minutes=here.minute, seconds=here.second)
            found[here.weekday() * 24 + here.hour] += (min(end, next_hour) - moment) // MINUTE
            moment = next_hour
    return found


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
