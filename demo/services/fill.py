"""Filling the portal with a demo that is alive on the day it runs.

Three months behind, one ahead, requests on today's desks.

The same day gives the same records wherever it is filled. What people made or changed is never touched: rooms, hours
and policies come only to centers without a room, accounts only where their name is free, bookings only to days not
filled before and to time that is free.
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
from demo.services import bulk_insert, network, open_requests, people, seed_rooms
from demo.services.calendar import DAY, Diary, rooms
from demo.services.candidate_slots import candidates, lot
from demo.services.generator import Story, tell
from demo.services.network import Network
from demo.services.people import Cast

PAST_DAYS, COMING_DAYS = 91, 30
# Every so many days the first use of one room of the home center is the resident's who can be signed in as.
RESIDENT_EVERY = 10


@dataclasses.dataclass(frozen=True)
class Filled:
    """What a fill added."""

    centers: int = 0
    days: int = 0
    bookings: int = 0

    def __str__(self) -> str:
        return f"{self.centers} centers furnished, {self.days} days filled, {self.bookings} bookings added"


def fill(today: dt.date, say: Callable[[str], object] = lambda line: None) -> Filled:
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
            return Filled()
        furnished = seed_rooms.furnish(found)
        if furnished:
            say(f"rooms, hours and policies for {furnished} centers")
        cast = people.assemble(found, today - PAST_DAYS * DAY)
        missing = _missing_days(today)
        bookings = _fill_days(missing, today, found, cast, say) if missing else 0
    return Filled(furnished, len(missing), bookings)


def _wait_for_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('demo-fill'))")


def _missing_days(today: dt.date) -> list[dt.date]:
    first, last = today - PAST_DAYS * DAY, today + COMING_DAYS * DAY
    filled = set(DemoDay.objects.filter(day__range=(first, last)).values_list("day", flat=True))
    return [day for n in range((last - first).days + 1) if (day := first + n * DAY) not in filled]


def _fill_days(missing: list[dt.date], today: dt.date, found: Network, cast: Cast, say: Callable[[str], object]) -> int:
    """Plan and write the bookings of the missing days and, when the calendar has moved on, today's requests.

    Returns how many.
    """
    now = _moment(today)
    # Nobody books meanwhile: what the diary finds free is still free when it is written.
    list(Cell.objects.order_by("pk").select_for_update().values_list("pk", flat=True))
    first, last = min(missing[0], today), max(missing[-1], today + open_requests.LATEST * DAY)
    cast.others.count_booked(first, last)
    diary = Diary(rooms(), first, last)
    stories = [story for day in missing for story in _stories_of(day, today, found, cast, diary, now)]
    if missing[-1] == today + COMING_DAYS * DAY:
        stories += open_requests.stories(found, diary, cast, now, with_resident=not DemoDay.objects.exists())
    say(f"{len(stories)} bookings planned for {len(missing)} days")
    bulk_insert.write(stories)
    bulk_insert.write_inbox(stories, cast.resident, now)
    DemoDay.objects.bulk_create(DemoDay(day=day, made_at=now) for day in missing)
    say("written")
    return len(stories)


def _moment(today: dt.date) -> dt.datetime:
    """Now; or the last moment of a day that is over."""
    return min(clock.now(), clock.midnight(today + DAY))


def _stories_of(
    day: dt.date, today: dt.date, found: Network, cast: Cast, diary: Diary, now: dt.datetime
) -> Iterator[Story]:
    """All bookings of one day, taken into the diary."""
    at_home = [room for room in diary.rooms if room.center_id == found.home.pk]
    turn, is_residents_day = divmod(day.toordinal(), RESIDENT_EVERY)
    residents_room = at_home[turn % len(at_home)] if at_home and not is_residents_day else None
    for room in diary.rooms:
        rng = lot(day, room.key)
        for number, use in enumerate(candidates(diary, room, day, rng, at_least=1 if room in at_home else 0)):
            if day > today + use.policy.horizon_days * DAY:
                continue
            booker = cast.resident if room is residents_room and number == 0 else cast.others.draw(rng, day)
            story = tell(use, booker, cast, diary, rng, now)
            if story.holds:
                diary.take(room, use.start, story.held_until)
            yield story
