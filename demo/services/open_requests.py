"""Pending requests to decide by today or tomorrow, for every branch of the network and for the home center."""

import datetime as dt
import random
from collections.abc import Iterator

from common import clock
from demo.services import office
from demo.services.calendar import DAY, OccupancyCalendar, Room
from demo.services.candidate_slots import CandidateSlot, candidates, seeded_random
from demo.services.generator import MINUTE, GeneratedBooking, generate_request
from demo.services.network import Network
from demo.services.people import DemoPeople

# How many at the home center, and in each branch below the top. Every second is due today, the others tomorrow.
AT_HOME, IN_A_BRANCH = 4, 2
# The use lies so many days ahead: after both deadlines, also over a long weekend.
SOONEST, LATEST = 3, 14


def generate_requests(
    network: Network, calendar: OccupancyCalendar, demo_people: DemoPeople, now: dt.datetime, *, with_resident: bool
) -> Iterator[GeneratedBooking]:
    """Generate pending requests and mark their times as taken; `with_resident` gives the resident the first at home.

    There are fewer where nothing is free.
    """
    today = clock.local(now).date()
    for first_center, centers, count in _targets(network):
        rng = seeded_random("requests", today, network.centers[first_center].code)
        rooms = [
            room
            for room in calendar.rooms
            if room.center_id in centers and not calendar.policy(room, today)[0].is_instant
        ]
        uses = _free(rooms, calendar, today, rng)
        for number, slot in zip(range(count), uses, strict=False):
            is_residents = with_resident and first_center == network.home.pk and number == 0
            booker = (
                demo_people.resident if is_residents else demo_people.others.draw(rng, clock.local(slot.start).date())
            )
            booking = generate_request(
                slot, booker, _draw_created_at(rng, today, now, due_today=number % 2 == 0), rng, calendar
            )
            calendar.take(slot.room, slot.start, booking.held_until)
            yield booking


def _targets(network: Network) -> Iterator[tuple[int, set[int], int]]:
    """Groups of centers that get requests, with their number: the home center, then each branch with all below it."""
    yield network.home.pk, {network.home.pk}, AT_HOME
    for branch in network.children.get(network.top.pk, ()):
        yield branch, network.below(branch), IN_A_BRANCH


def _free(
    rooms: list[Room], calendar: OccupancyCalendar, today: dt.date, rng: random.Random
) -> Iterator[CandidateSlot]:
    """Generate free slots, one a room and day, the nearest days first."""
    for ahead in range(SOONEST, LATEST + 1):
        for room in rng.sample(rooms, len(rooms)):
            yield from list(candidates(calendar, room, today + ahead * DAY, rng, at_least=1))[:1]


def _draw_created_at(rng: random.Random, today: dt.date, now: dt.datetime, *, due_today: bool) -> dt.datetime:
    """Draw the moment of a request: yesterday afternoon if it is due today, else this morning before `now`."""
    if due_today:
        return clock.at(today - DAY, office.draw_time(rng, first_hour=14))
    asked = clock.at(today, office.draw_time(rng, last_hour=office.OPENS.hour))
    return min(asked, now.replace(second=0, microsecond=0) - rng.randrange(1, 20) * MINUTE)
