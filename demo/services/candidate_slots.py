"""What the demo books.

For a room and a day, uses drawn by lot within its openings, clear of each other and of what people booked.
"""

import dataclasses
import datetime as dt
import random
from collections.abc import Iterator

from bookings.domain.rules import STEP
from bookings.values.policy import Policy
from demo.services.calendar import Diary, Room

# Minutes, and how often: most uses are an hour and a half or two.
LENGTHS, LENGTH_WEIGHTS = (60, 90, 120, 150, 180), (3, 5, 7, 2, 2)
# How many uses a day begin to be tried for, in a room as popular as most.
COUNTS, COUNT_WEIGHTS = (0, 1, 2, 3), (34, 36, 21, 9)
TRIES = 2


@dataclasses.dataclass(frozen=True)
class Use:
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


def lot(*what: object) -> random.Random:
    """Chance that falls the same way wherever and whenever it is asked about the same."""
    return random.Random("|".join(map(str, what)))


def candidates(diary: Diary, room: Room, day: dt.date, rng: random.Random, at_least: int = 0) -> Iterator[Use]:
    """Uses to try for, in order of start; the caller takes those it keeps, so each is free when it comes."""
    openings = diary.openings(room, day)
    if not openings:
        return
    popularity = lot("popularity", room.key).choice((0.7, 1, 1, 1.3))
    count = max(at_least, round(rng.choices(COUNTS, COUNT_WEIGHTS)[0] * popularity))
    if not count:
        return
    policy, lineage = diary.policy(room, day)
    for _ in range(count):
        for _ in range(TRIES):
            use = _draw(room, rng.choice(openings), policy, lineage, rng)
            if use and diary.is_free(room, use.start, use.held_until):
                yield use
                break


def _draw(
    room: Room, opening: tuple[dt.datetime, dt.datetime], policy: Policy, lineage: list[int], rng: random.Random
) -> Use | None:
    opens, closes = opening
    length = dt.timedelta(minutes=min(rng.choices(LENGTHS, LENGTH_WEIGHTS)[0], policy.longest_minutes))
    starts = (closes - opens - length) // STEP
    if starts < 0:
        return None
    start = opens + STEP * rng.randint(0, starts)
    return Use(room, start, start + length, policy, lineage)
