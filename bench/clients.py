"""Eight clients in processes of their own, each with its own connection: they book the same slots at the same time."""

import dataclasses
import datetime as dt
import json
import multiprocessing
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from bookings.values.references import new_reference

CLIENTS = 8


@dataclasses.dataclass(frozen=True)
class Job:
    """A slot that one booker wants. Times in Shanghai, on the grid."""

    space_id: int
    start: dt.datetime
    end: dt.datetime
    booker_id: int


class Service:
    """Ours: through the service, with the person and the space at hand as a view has them."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        from accounts.models import User

        self._people = User.objects.in_bulk({job.booker_id for job in jobs})

    def book(self, job: Job) -> bool:
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

    def __init__(self, parameters: dict[str, Any], stamp: dict[str, Any]) -> None:
        import psycopg2

        self._connection = psycopg2.connect(**parameters)
        self._stamp = json.dumps(stamp)

    def book(self, job: Job) -> bool:
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


@dataclasses.dataclass(frozen=True)
class Outcome:
    """Outcome of a round of all clients; `seconds` from the common start to the last client's end."""

    won: int
    lost: int
    errors: list[str]
    seconds: float


class Clients:
    """The processes. Forked from this one, so that none of them spends seconds on starting."""

    def __enter__(self) -> Self:
        from django.db import connection

        context = multiprocessing.get_context("fork")
        self._parameters = {
            key: value
            for key, value in connection.get_connection_params().items()
            if key not in ("cursor_factory", "context")
        }
        connection.close()
        self._start = context.Barrier(CLIENTS)
        self._pipes = []
        self._processes = []
        for _ in range(CLIENTS):
            near, far = context.Pipe()
            process = context.Process(target=_serve, args=(far, self._start, self._parameters), daemon=True)
            process.start()
            self._pipes.append(near)
            self._processes.append(process)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pipe in self._pipes:
            pipe.send(None)
        for process in self._processes:
            process.join(timeout=10)

    def run(self, how: str, jobs: Sequence[Job]) -> Outcome:
        """Deal the jobs round, so that the rivals for a slot come at the same time, and wait for all."""
        for number, pipe in enumerate(self._pipes):
            pipe.send((how, jobs[number::CLIENTS]))
        parts = [pipe.recv() for pipe in self._pipes]
        took = max(part[4] for part in parts) - min(part[3] for part in parts)
        return Outcome(
            sum(part[0] for part in parts),
            sum(part[1] for part in parts),
            [error for part in parts for error in part[2]],
            took,
        )


def _serve(pipe: Any, start: Any, parameters: dict[str, Any]) -> None:
    """A client's life: take a list of jobs, wait for the others, work through it, say what came of it."""
    from bookings.values.policy import Policy

    bare = Bare(parameters, Policy().stamp())
    while (work := pipe.recv()) is not None:
        how, jobs = work
        book = Service(jobs).book if how == "service" else bare.book
        won, errors = 0, []
        start.wait()
        began = time.monotonic()
        for job in jobs:
            try:
                won += book(job)
            except Exception as error:
                errors.append(repr(error))
        pipe.send((won, len(jobs) - won - len(errors), errors, began, time.monotonic()))
