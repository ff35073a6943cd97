"""Demo records around a date: bookings of three months before it and one after, requests due today, and activities.

The same day gives the same records wherever it is filled. What people made or changed is never touched: rooms, hours
and policies come only to centers without a room, services only where they were never added, accounts only where their
name is free, bookings only to days not filled before and to time that is free.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import connection, transaction

from bookings.models import Cell
from common import clock
from demo.exceptions import DemoIsOff
from demo.models import DemoDay
from demo.services import (
    activity_fill,
    bulk_insert,
    network,
    open_requests,
    people,
    seed_contacts,
    seed_organizations,
    seed_rooms,
    seed_services,
)
from demo.services.calendar import DAY, OccupancyCalendar, rooms
from demo.services.candidate_slots import candidates, seeded_random
from demo.services.generator import GeneratedBooking, generate
from demo.services.network import Network
from demo.services.people import DemoPeople

PAST_DAYS, COMING_DAYS = 91, 30
# Every so many days the first slot of one room of the home center goes to the resident who can be signed in as.
RESIDENT_EVERY = 10


@dataclasses.dataclass(frozen=True)
class FillResult:
    """Counts of the records that a fill added."""

    centers: int = 0
    days: int = 0
    bookings: int = 0
    activities: int = 0

    def __str__(self) -> str:
        added = f"{self.bookings} bookings and {self.activities} activities added"
        return f"{self.centers} centers given rooms, {self.days} days filled, {added}"


def fill(today: dt.date, say: Callable[[str], object] = lambda line: None) -> FillResult:
    """Add what the demo of `today` still lacks, all or nothing; `say` gets a line a step. Raises DemoIsOff with DEMO=0.

    `today` is the present date, or an earlier one. Safe to repeat, and to run twice at once: the second waits, and
    finds nothing to do.
    """
    if not settings.DEMO:
        raise DemoIsOff
    with transaction.atomic():
        _wait_for_turn()
        found = network.load(today)
        if found is None:
            say("no center yet: nothing to fill")
            return FillResult()
        bare = seed_rooms.create_rooms(found)
        if bare:
            seed_contacts.add_contacts(found, bare)
            seed_contacts.add_staff(found, bare, today - PAST_DAYS * DAY)
            say(f"rooms, hours, policies, phones and staff for {len(bare)} centers")
        if services := seed_services.add_services(found):
            say(f"{services} services added or adapted")
        organizations = seed_organizations.create_organizations(found, today)
        if organizations:
            say(f"{organizations} organisations with their liaisons")
        demo_people = people.find_or_create(found, today - PAST_DAYS * DAY)
        missing = _missing_days(today)
        bookings = _fill_days(missing, today, found, demo_people, say) if missing else 0
        activities = activity_fill.fill_activities(today, _moment(today), found, demo_people)
        if activities:
            say(f"{activities} activities written")
    return FillResult(len(bare), len(missing), bookings, activities)


def _wait_for_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('demo-fill'))")


def _missing_days(today: dt.date) -> list[dt.date]:
    first, last = today - PAST_DAYS * DAY, today + COMING_DAYS * DAY
    filled = set(DemoDay.objects.filter(day__range=(first, last)).values_list("day", flat=True))
    return [day for n in range((last - first).days + 1) if (day := first + n * DAY) not in filled]


def _fill_days(
    missing: list[dt.date], today: dt.date, found: Network, demo_people: DemoPeople, say: Callable[[str], object]
) -> int:
    """Generate and insert the bookings of the missing days and, once today's days are among them, today's requests.

    Returns how many.
    """
    now = _moment(today)
    # Nobody books meanwhile: what the calendar finds free is still free when it is written.
    list(Cell.objects.order_by("pk").select_for_update().values_list("pk", flat=True))
    first, last = min(missing[0], today), max(missing[-1], today + open_requests.LATEST * DAY)
    demo_people.others.count_booked(first, last)
    calendar = OccupancyCalendar(rooms(), first, last)
    generated = [booking for day in missing for booking in _bookings_of(day, today, found, demo_people, calendar, now)]
    if missing[-1] == today + COMING_DAYS * DAY:
        generated += open_requests.generate_requests(
            found, calendar, demo_people, now, with_resident=not DemoDay.objects.exists()
        )
    say(f"{len(generated)} bookings planned for {len(missing)} days")
    bulk_insert.insert_bookings(generated)
    bulk_insert.insert_inbox_messages(generated, demo_people.resident, now)
    DemoDay.objects.bulk_create(DemoDay(day=day, made_at=now) for day in missing)
    say("written")
    return len(generated)


def _moment(today: dt.date) -> dt.datetime:
    """Present moment, or the end of a day that is over."""
    return min(clock.now(), clock.midnight(today + DAY))


def _bookings_of(
    day: dt.date, today: dt.date, found: Network, demo_people: DemoPeople, calendar: OccupancyCalendar, now: dt.datetime
) -> Iterator[GeneratedBooking]:
    """Generate the bookings of one day and mark their times as taken in `calendar`."""
    at_home = [room for room in calendar.rooms if room.center_id == found.home.pk]
    turn, is_residents_day = divmod(day.toordinal(), RESIDENT_EVERY)
    residents_room = at_home[turn % len(at_home)] if at_home and not is_residents_day else None
    for room in calendar.rooms:
        rng = seeded_random(day, room.key)
        for number, slot in enumerate(candidates(calendar, room, day, rng, at_least=1 if room in at_home else 0)):
            if day > today + slot.policy.horizon_days * DAY:
                continue
            booker = (
                demo_people.resident if room is residents_room and number == 0 else demo_people.others.draw(rng, day)
            )
            booking = generate(slot, booker, demo_people, calendar, rng, now)
            if booking.holds:
                calendar.take(room, slot.start, booking.held_until)
            yield booking
