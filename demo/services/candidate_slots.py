"""Candidate slots for demo bookings: random free times within a room's opening hours on a day."""

import dataclasses
import datetime as dt
import random
from collections.abc import Iterator

from bookings.domain.rules import STEP
from bookings.values.policy import Policy
from demo.services.calendar import OccupancyCalendar, Room

# Minutes, and their weights: most slots are an hour and a half or two.
LENGTHS, LENGTH_WEIGHTS = (60, 90, 120, 150, 180), (3, 5, 7, 2, 2)
# Slots tried for per room and day at average popularity, and their weights.
COUNTS, COUNT_WEIGHTS = (0, 1, 2, 3), (34, 36, 21, 9)
TRIES = 2


@dataclasses.dataclass(frozen=True)
class CandidateSlot:
    """A room from `start` to `end` (aware, on the half hours), under the policy and lineage of that day."""

    room: Room
    start: dt.datetime
    end: dt.datetime
    policy: Policy
    lineage: list[int]

    @property
    def held_until(self) -> dt.datetime:
        """The end with the turnaround."""
        return self.end + self.policy.turnaround


def seeded_random(*parts: object) -> random.Random:
    """Random generator seeded with `parts`: the same parts give the same numbers on every installation."""
    return random.Random("|".join(map(str, parts)))


def candidates(
    calendar: OccupancyCalendar, room: Room, day: dt.date, rng: random.Random, at_least: int = 0
) -> Iterator[CandidateSlot]:
    """Generate free slots of the room on `day`; the caller marks those it keeps as taken before asking for the next."""
    openings = calendar.openings(room, day)
    if not openings:
        return
    popularity = seeded_random("popularity", room.key).choice((0.7, 1, 1, 1.3))
    count = max(at_least, round(rng.choices(COUNTS, COUNT_WEIGHTS)[0] * popularity))
    if not count:
        return
    policy, lineage = calendar.policy(room, day)
    for _ in range(count):
        for _ in range(TRIES):
            slot = _draw(room, rng.choice(openings), policy, lineage, rng)
            if slot and calendar.is_free(room, slot.start, slot.held_until):
                yield slot
                break


def _draw(
    room: Room, opening: tuple[dt.datetime, dt.datetime], policy: Policy, lineage: list[int], rng: random.Random
) -> CandidateSlot | None:
    opens, closes = opening
    length = dt.timedelta(minutes=min(rng.choices(LENGTHS, LENGTH_WEIGHTS)[0], policy.longest_minutes))
    starts = (closes - opens - length) // STEP
    if starts < 0:
        return None
    start = opens + STEP * rng.randint(0, starts)
    return CandidateSlot(room, start, start + length, policy, lineage)
