"""Occupancy of spaces: the lock that rivals queue on, what is taken as read under it, and the rows that take it.

The statements are handwritten, because nine of ten rivals leave after lock and question. Those are sent together, and
stay two: only a statement that begins after the lock was got sees what the one before committed.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings.models import Booking, Occupancy
from bookings.values.limits import LONGEST_TURNAROUND
from bookings.values.slot_request import SlotRequest
from common import clock
from common.intervals import Span

_LOCK = """
    SELECT c.id FROM bookings_cell c JOIN bookings_space_cells sc ON sc.cell_id = c.id
    WHERE sc.space_id = ANY(%(spaces)s) ORDER BY c.id FOR UPDATE OF c
"""
# The sub-select is done, cells locked, before the outer list is.
LOCK_CELLS_AND_BOOKER = f"""
    SELECT locked.ids, pg_advisory_xact_lock(hashtext('booking-quota'), %(booker)s)
    FROM (SELECT array_agg(id) AS ids FROM ({_LOCK}) cells) locked
"""  # noqa: S608 - put together of constants alone
# A request that nobody answered before its use would have begun takes nothing any more, though the sweep hasn't been
# here yet.
_LEFT_UNDECIDED = "b.status = 'pending' AND b.starts_at <= %(now)s"
_TAKEN = f"""
    SELECT sc.cell_id, o.booking_id, {_LEFT_UNDECIDED}, lower(o.span), upper(o.span)
    FROM bookings_space_cells sc
    LEFT JOIN bookings_occupancy o ON o.cell_id = sc.cell_id AND o.span && tstzrange(%(start)s, %(until)s)
    LEFT JOIN bookings_booking b ON b.id = o.booking_id
    WHERE sc.space_id = ANY(%(spaces)s)
"""  # noqa: S608 - put together of constants alone
_HOLD = """
    INSERT INTO bookings_occupancy (cell_id, span, booking_id)
    SELECT cell_id, held.span, held.booking_id
    FROM (SELECT %s::tstzrange AS span, %s::bigint AS booking_id) held, unnest(%s::bigint[]) AS cell_id
"""
# The cells of the spaces are found once, for both halves: planned anew in each, a list of all rooms cost more than the
# answer.
_BUSY = f"""
    WITH wanted AS MATERIALIZED (SELECT space_id, cell_id FROM bookings_space_cells WHERE space_id = ANY(%(spaces)s))
    SELECT wanted.space_id, lower(o.span), upper(o.span), FALSE
    FROM wanted JOIN bookings_occupancy o ON o.cell_id = wanted.cell_id
    JOIN bookings_booking b ON b.id = o.booking_id
    WHERE o.span && tstzrange(%(start)s, %(end)s) AND NOT ({_LEFT_UNDECIDED})
    UNION ALL
    SELECT DISTINCT wanted.space_id, m.starts_at, m.ends_at, TRUE
    FROM bookings_maintenance m
    JOIN bookings_space_cells own ON own.space_id = m.space_id
    JOIN wanted ON wanted.cell_id = own.cell_id
    WHERE m.starts_at < %(end)s AND m.ends_at > %(start)s
    ORDER BY 1, 2
"""  # noqa: S608 - put together of constants alone


class Taken(NamedTuple):
    """Cells of a space in id order, spans taken of them, and ids of requests left undecided: those hold nothing."""

    cell_ids: list[int]
    spans: list[Span]
    left_undecided: list[int]


def lock_cells(space_ids: Iterable[int]) -> list[int]:
    """Lock the spaces' cells in id order until the transaction ends, and return their ids.

    Rivals wait here, and can't deadlock.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, {"spaces": list(space_ids)})
        return [row[0] for row in cursor.fetchall()]


def taken_for(request: SlotRequest) -> Taken:
    """Cells of the requested space, and what is taken of them until the end of the longest turnaround. One query."""
    return _read_taken(_TAKEN, request)


def lock_and_read_taken(request: SlotRequest) -> Taken:
    """Lock the space's cells, then the person who books, and read what is taken as `taken_for` does.

    Two clicks of one person count one after the other. The order is the same always (the person's lock is taken of
    what the first lock gave), so that nobody waits in a ring. Two statements in one message to the database: the
    second begins after the locks were got.
    """
    return _read_taken(f"{LOCK_CELLS_AND_BOOKER};{_TAKEN}", request)


def _read_taken(statements: str, request: SlotRequest) -> Taken:
    with connection.cursor() as cursor:
        cursor.execute(
            statements,
            {
                "spaces": [request.space_id],
                "booker": request.booker_id,
                "start": request.starts_at,
                "until": longest_tail(request.starts_at, request.ends_at),
                "now": clock.now(),
            },
        )
        rows = cursor.fetchall()
    found = Taken(sorted({cell_id for cell_id, *_ in rows}), [], [])
    for _cell_id, booking_id, is_left, since, ends in rows:
        if booking_id is not None and booking_id == request.moved_id:
            continue
        if is_left:
            found.left_undecided.append(booking_id)
        elif booking_id is not None:
            found.spans.append((since, ends))
    return found


def longest_tail(start: dt.datetime, end: dt.datetime) -> dt.datetime:
    """End of the longest turnaround after a use: what meets the use is seen before its policy is known.

    A use that ends before it starts is refused by its own rule; a range can't.
    """
    return max(start, end) + LONGEST_TURNAROUND


def busy_spans(
    space_ids: Collection[int], start: dt.datetime, end: dt.datetime
) -> dict[int, tuple[list[Span], list[Span]]]:
    """Spans taken and spans under repair of each space in [start, end), in order.

    Spaces without either are left out. One query.
    """
    found: dict[int, tuple[list[Span], list[Span]]] = defaultdict(lambda: ([], []))
    with connection.cursor() as cursor:
        cursor.execute(_BUSY, {"spaces": list(space_ids), "start": start, "end": end, "now": clock.now()})
        for space_id, busy_from, busy_until, is_repair in cursor.fetchall():
            found[space_id][is_repair].append((busy_from, busy_until))
    return found


def hold(booking: Booking, cell_ids: Iterable[int]) -> None:
    """Write the booking's occupancy: [starts_at, ends_at + turnaround) of every cell of its space. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [span_of(booking), booking.pk, list(cell_ids)])


def let_go(booking: Booking) -> None:
    """The booking holds nothing any more."""
    Occupancy.objects.filter(booking=booking).delete()


def shorten(booking: Booking) -> None:
    """The booking's end has moved to an earlier moment; so does what it holds."""
    Occupancy.objects.filter(booking=booking).update(span=span_of(booking))


def span_of(booking: Booking) -> DateTimeTZRange:
    return DateTimeTZRange(booking.starts_at, booking.ends_at + dt.timedelta(minutes=booking.turnaround_minutes), "[)")
