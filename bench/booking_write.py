"""Booking under rivalry.

Eight clients, ten rivals for every slot, through the service; beside the bare SQL that writes the same rows.

The reference locks the cells, asks whether they are taken, and inserts booking, occupancy, contact, event and outbox
row: no rule, no permission, no model. Both commit to disk; both lose nine times of ten. The rate is confirmed bookings
a second.
"""

import datetime as dt
import statistics
from collections.abc import Sequence

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from bench import places
from bench.bookers import Bare, Job, Service
from bench.clients import Clients
from bench.rounds import Result, ratio
from bookings.domain import policies
from bookings.models import BookingPolicy
from bookings.values.policy import Policy
from centers.models import Center
from common import clock
from demo.services.calendar import DAY, OccupancyCalendar, rooms
from demo.services.candidate_slots import seeded_random

RIVALS, MOST_STATEMENTS = 10, 10
SLOT = dt.timedelta(hours=1)
_OVERLAPS = """
    SELECT count(*) FROM bookings_occupancy a JOIN bookings_occupancy b
    ON a.cell_id = b.cell_id AND a.id < b.id AND a.span && b.span
"""


def booking_write(quick: bool) -> Result:
    rounds, slots = (3, 16) if quick else (9, 40)
    with places.database(places.LARGE):
        # Eight clients book all day long: no quota of a person is in their way.
        BookingPolicy.objects.filter(center=Center.objects.in_register_order()[0]).update(quota_count=100)
        free = _free_slots(_bookers(), 2 * rounds * slots + 2)
        statements = _count_statements(free.pop())
        ours: list[float] = []
        reference: list[float] = []
        with Clients({"service": Service, "sql": Bare}) as clients:
            for number in range(rounds):
                pair = [("service", ours), ("sql", reference)]
                for how, rates in pair if number % 2 else reversed(pair):
                    rates.append(_round(clients, how, [free.pop() for _ in range(slots)]))
        with connection.cursor() as cursor:
            cursor.execute(_OVERLAPS)
            overlaps = cursor.fetchone()[0]
    made = f"{statements} statements a booking (≤ {MOST_STATEMENTS}), {overlaps} overlaps"
    notes = f"8 clients, {RIVALS} rivals a slot; {made}"
    medians = statistics.median(ours), statistics.median(reference)
    fine = statements <= MOST_STATEMENTS and not overlaps
    return Result("booking_write", *medians, ratio(ours, reference), 0.45, True, "bookings/s", notes, fine)


def _bookers() -> list[int]:
    """A hundred people who have booked nothing but here."""
    names = [f"bench-{number:03d}" for number in range(100)]
    User.objects.bulk_create([User(username=name, is_demo=True) for name in names], ignore_conflicts=True)
    return list(User.objects.filter(username__in=names).values_list("pk", flat=True))


def _round(clients: Clients, how: str, slots: Sequence[Job]) -> float:
    """Confirmed bookings a second; every slot must find exactly one winner."""
    outcome = clients.run(how, [job for job in slots for _ in range(RIVALS)])
    if outcome.won != len(slots) or outcome.won + outcome.lost != len(slots) * RIVALS:
        raise RuntimeError(
            f"{how}: {outcome.won} winners and {outcome.lost} losers for {len(slots)} slots; {outcome.errors[:3]}"
        )
    return outcome.won / outcome.seconds


def _free_slots(bookers: Sequence[int], count: int) -> list[Job]:
    """Free hours in rooms confirmed at once, each in another room or hour, within the horizon."""
    first, last = clock.today() + DAY, clock.today() + 25 * DAY
    calendar = OccupancyCalendar(rooms(), first, last)
    resolved = policies.resolve()
    found: list[Job] = []
    for ahead in range((last - first).days):
        for room in calendar.rooms:
            policy: Policy = resolved[room.pk][0]
            for opens, closes in calendar.openings(room, first + ahead * DAY):
                end = opens + SLOT
                if policy.is_instant and end <= closes and calendar.is_free(room, opens, end + policy.turnaround):
                    calendar.take(room, opens, end + policy.turnaround)
                    found.append(Job(room.pk, opens, end, bookers[len(found) % len(bookers)]))
    return seeded_random("slots").sample(found, count)


def _count_statements(job: Job) -> int:
    """Number of statements that one booking sends to the database, savepoints included, counted one by one."""
    service = Service({}, [job])
    with CaptureQueriesContext(connection) as captured:
        service.do(job)
    sent = [query["sql"] for query in captured.captured_queries if not query["sql"].startswith(("BEGIN", "COMMIT"))]
    # Lock and question are two statements in one message.
    return sum(1 + sql.count(";\n") for sql in sent)
