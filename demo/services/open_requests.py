"""What lies on the desks today.

For every branch of the network and for the home center, requests to decide by today or tomorrow.
"""

import datetime as dt
import random
from collections.abc import Iterator

from common import clock
from demo.services import office
from demo.services.calendar import DAY, Diary, Room
from demo.services.candidate_slots import Use, candidates, lot
from demo.services.generator import MINUTE, Story, begin
from demo.services.network import Network
from demo.services.people import Cast

# How many at the home center, and in each branch below the top. Every second is due today, the others tomorrow.
AT_HOME, IN_A_BRANCH = 4, 2
# The use lies so many days ahead: after both deadlines, also over a long weekend.
SOONEST, LATEST = 3, 14


def stories(network: Network, diary: Diary, cast: Cast, now: dt.datetime, *, with_resident: bool) -> Iterator[Story]:
    """Fresh requests, taken into the diary; the first at home is the resident's if so wished.

    Fewer where nothing is free.
    """
    today = clock.local(now).date()
    for first_center, centers, count in _desks(network):
        rng = lot("requests", today, network.centers[first_center].code)
        rooms = [
            room for room in diary.rooms if room.center_id in centers and not diary.policy(room, today)[0].is_instant
        ]
        uses = _free(rooms, diary, today, rng)
        for number, use in zip(range(count), uses, strict=False):
            is_residents = with_resident and first_center == network.home.pk and number == 0
            booker = cast.resident if is_residents else cast.others.draw(rng, clock.local(use.start).date())
            story = begin(use, booker, _asked_at(rng, today, now, due_today=number % 2 == 0), rng, diary)
            diary.take(use.room, use.start, story.held_until)
            yield story


def _desks(network: Network) -> Iterator[tuple[int, set[int], int]]:
    """The home center, then each branch (with all that stands below it): where requests are wanted, and how many."""
    yield network.home.pk, {network.home.pk}, AT_HOME
    for branch in network.children.get(network.top.pk, ()):
        yield branch, network.below(branch), IN_A_BRANCH


def _free(rooms: list[Room], diary: Diary, today: dt.date, rng: random.Random) -> Iterator[Use]:
    """One free use a room and day, the nearest days first."""
    for ahead in range(SOONEST, LATEST + 1):
        for room in rng.sample(rooms, len(rooms)):
            yield from list(candidates(diary, room, today + ahead * DAY, rng, at_least=1))[:1]


def _asked_at(rng: random.Random, today: dt.date, now: dt.datetime, *, due_today: bool) -> dt.datetime:
    """Yesterday afternoon, so that it's due this afternoon; or this morning, as far as it has come."""
    if due_today:
        return clock.at(today - DAY, office.draw_time(rng, first_hour=14))
    asked = clock.at(today, office.draw_time(rng, last_hour=office.OPENS.hour))
    return min(asked, now.replace(second=0, microsecond=0) - rng.randrange(1, 20) * MINUTE)
