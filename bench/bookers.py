"""What a client of `booking_write` does with a slot: book it through the service, or write the same rows by hand."""

import dataclasses
import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from bookings.values.references import new_reference


@dataclasses.dataclass(frozen=True)
class Job:
    """A slot that one booker wants. Times in Shanghai, on the grid."""

    space_id: int
    start: dt.datetime
    end: dt.datetime
    booker_id: int


class Service:
    """Ours: through the service, with the person and the space at hand as a view has them."""

    def __init__(self, parameters: dict[str, Any], jobs: Sequence[Job]) -> None:
        from accounts.models import User

        self._people = User.objects.in_bulk({job.booker_id for job in jobs})

    def do(self, job: Job) -> bool:
        """Whether the slot was got."""
        from bookings.exceptions import SlotTaken
        from bookings.services.booking import Contact, create_booking
        from bookings.values.slot_request import SlotRequest

        contact = Contact(name="bench", phone="19900000000")
        try:
            request = SlotRequest(job.start, job.end, 1, job.space_id, job.booker_id)
            create_booking(actor=self._people[job.booker_id], request=request, purpose="other", contact=contact)
        except SlotTaken:
            return False
        return True


class Bare:
    """The reference: the same rows by hand, on a psycopg2 connection of its own."""

    TURNAROUND = dt.timedelta(minutes=30)

    def __init__(self, parameters: dict[str, Any], jobs: Sequence[Job]) -> None:
        import psycopg2

        from bookings.values.policy import Policy

        self._connection = psycopg2.connect(**parameters)
        self._stamp = json.dumps(Policy().stamp())

    def do(self, job: Job) -> bool:
        """Lock, look, insert five rows, commit. Whether it was got."""
        with self._connection, self._connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.id FROM bookings_cell c JOIN bookings_space_cells sc ON sc.cell_id = c.id"
                " WHERE sc.space_id = %s ORDER BY c.id FOR UPDATE OF c",
                [job.space_id],
            )
            cells = [row[0] for row in cursor.fetchall()]
            span = (job.start, job.end + self.TURNAROUND)
            cursor.execute(
                "SELECT 1 FROM bookings_occupancy WHERE cell_id = ANY(%s) AND span && tstzrange(%s, %s)", [cells, *span]
            )
            if cursor.fetchone():
                return False
            self._insert(cursor, job, cells, span)
        return True

    def _insert(self, cursor: Any, job: Job, cells: list[int], span: tuple[dt.datetime, dt.datetime]) -> None:
        reference, now = new_reference(), job.start - dt.timedelta(days=30)
        cursor.execute(
            "INSERT INTO bookings_booking (reference, space_id, booker_id, status, starts_at, "
            "ends_at, headcount, purpose,"
            " turnaround_minutes, cancel_by, policy, lineage, created_at, is_demo)"
            " VALUES (%s, %s, %s, 'approved', %s, %s, 1, 'other', 30, %s, %s, %s, %s, false) RETURNING id",
            [reference, job.space_id, job.booker_id, job.start, job.end, job.start, self._stamp, [1, 2, 3], now],
        )
        pk = cursor.fetchone()[0]
        for cell in cells:
            cursor.execute(
                "INSERT INTO bookings_occupancy (cell_id, span, booking_id) VALUES (%s, tstzrange(%s, %s), %s)",
                [cell, *span, pk],
            )
        cursor.execute(
            "INSERT INTO bookings_bookingcontact (booking_id, organisation, name, phone, note) "
            "VALUES (%s, '', 'bench', '19900000000', '')",
            [pk],
        )
        cursor.execute(
            "INSERT INTO bookings_bookingevent (booking_id, verb, actor_id, at, from_status, to_status, reason)"
            " VALUES (%s, 'create', %s, %s, '', 'approved', '')",
            [pk, job.booker_id, now],
        )
        cursor.execute(
            "INSERT INTO notifications_outbox (recipient_id, kind, subject_id, created_at, attempts, "
            "next_try_at, last_error)"
            " VALUES (%s, 'booking_confirmed', %s, %s, 0, %s, '')",
            [job.booker_id, reference, now, now],
        )
