"""The data of the benchmarks: the real register with rooms, and bookings.

The small database has one week of them; the large one has that same week, and a year of others around it. So a page of
that week shows the same in both, and only what it must not feel differs.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from django.core.management import call_command
from django.db import transaction

from bench import places
from common import clock
from demo.services import bulk_insert, network, people, seed_rooms
from demo.services.calendar import DAY, OccupancyCalendar, Room, rooms
from demo.services.candidate_slots import candidates, seeded_random
from demo.services.generator import GeneratedBooking, generate
from demo.services.people import DemoPeople

SMALL_BOOKINGS, LARGE_BOOKINGS = 1_000, 100_000
# The week that pages are asked for begins so many days ahead.
WEEK_AHEAD = 3
PAST_DAYS, COMING_DAYS = 400, 30
Say = Callable[[str], object]


def build(say: Say, bookings: int = LARGE_BOOKINGS) -> None:
    """Make both databases, and what pages need besides: translations and static files."""
    call_command("compilemessages", verbosity=0, stdout=_Silence())
    call_command("collectstatic", interactive=False, verbosity=0)
    places.create(places.BASE)
    with places.database(places.BASE, owner=True):
        call_command("migrate", verbosity=0)
        call_command("import_register", verbosity=0, stdout=_Silence())
    places.create(places.SMALL, places.BASE)
    with places.database(places.SMALL):
        say(f"{_fill(_week(), SMALL_BOOKINGS)} bookings in the small database")
    places.create(places.LARGE, places.SMALL)
    with places.database(places.LARGE):
        say(f"{_fill(_around(), bookings - SMALL_BOOKINGS) + SMALL_BOOKINGS} bookings in the large one")
    for name in (places.SMALL, places.LARGE):
        with places.database(name, owner=True) as connection, connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def first_day() -> dt.date:
    """First day of the week that both databases share."""
    return clock.today() + WEEK_AHEAD * DAY


def _week() -> list[dt.date]:
    return [first_day() + n * DAY for n in range(7)]


def _around() -> list[dt.date]:
    """All other days, the coming ones first, then back through the past."""
    today, week = clock.today(), _week()
    coming = [today + n * DAY for n in range(COMING_DAYS)]
    return [day for day in (*coming, *(today - n * DAY for n in range(1, PAST_DAYS))) if day not in week]


@transaction.atomic
def _fill(days: Sequence[dt.date], count: int) -> int:
    """Exactly so many bookings on the days, spread over the rooms. Returns how many."""
    found = network.load(clock.today())
    assert found is not None
    seed_rooms.create_rooms(found)
    demo_people = people.find_or_create(found, clock.today() - PAST_DAYS * DAY)
    calendar = OccupancyCalendar(rooms(), min(days), max(days))
    by_day = -(-count // len(days)) if len(days) == 7 else count
    bookings: list[GeneratedBooking] = []
    for day in days:
        of_the_day = list(_bookings(calendar, demo_people, day))
        bookings += seeded_random("order", day).sample(of_the_day, min(by_day, len(of_the_day), count - len(bookings)))
        if len(bookings) == count:
            break
    bulk_insert.insert_bookings(bookings)
    return len(bookings)


def _bookings(calendar: OccupancyCalendar, demo_people: DemoPeople, day: dt.date) -> Iterator[GeneratedBooking]:
    now = clock.now()
    for room in calendar.rooms:
        rng = seeded_random("bench", day, room.key)
        for slot in candidates(calendar, room, day, rng, at_least=1):
            booking = generate(slot, demo_people.others.draw(rng, day), demo_people, calendar, rng, now)
            if booking.holds:
                calendar.take(room, slot.start, booking.held_until)
                yield booking


def busiest_room() -> Room:
    """The room with most bookings in the week, for the page of one room."""
    from django.db.models import Count

    from bookings.models import Space

    start = clock.midnight(first_day())
    held = Space.objects.filter(bookings__starts_at__gte=start, bookings__starts_at__lt=start + 7 * DAY)
    top = held.annotate(found=Count("bookings")).order_by("-found", "pk")[0]
    return next(room for room in rooms() if room.pk == top.pk)


class _Silence:
    def write(self, text: str) -> None:
        pass
