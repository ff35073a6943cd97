"""Generator of demo activities: what a center holds on a day, when, for how many, and what became of it."""

import dataclasses
import datetime as dt
import random
from collections.abc import Iterator, Sequence

from activities.choices import PUBLIC_KINDS, ActivityKind, ActivityState
from activities.services.archiving import AFTER
from bookings.values.references import new_reference
from common import clock
from demo.services.candidate_slots import seeded_random
from demo.values import samples

DAY = dt.timedelta(days=1)
# About four a month at every center, nearly twice as many where others stand below it.
A_DAY, A_DAY_AT_HUBS = 0.13, 0.22
CANCELLED, DRAFT = 0.03, 0.06
# Whatever ended before is recorded; of what ended since some still wait for it, of yesterday's every second one.
UNRECORDED_DAYS, UNRECORDED = 9, 0.04
PUBLISHED_BEFORE = (5, 12)


@dataclasses.dataclass(frozen=True)
class Place:
    """A center as a place of activities; `code` and `name` are the same on every installation."""

    pk: int
    code: str
    name: str
    is_hub: bool
    staff: int


@dataclasses.dataclass
class GeneratedActivity:
    """A demo activity with its history; `places` is None where anybody may come."""

    place: Place
    sample: samples.Row
    reference: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    published_at: dt.datetime
    places: int | None
    state: ActivityState = ActivityState.PUBLISHED
    attendance: int | None = None
    closed_at: dt.datetime | None = None
    archived_at: dt.datetime | None = None
    reason: str = ""
    series: int | None = None

    @property
    def of_series(self) -> tuple[int | None, dt.date | None]:
        """Id of its series and its day in it."""
        return self.series, clock.local(self.starts_at).date() if self.series else None

    @property
    def is_listed(self) -> bool:
        return ActivityKind(self.sample["kind"]) in PUBLIC_KINDS

    def record(self, attendance: int, at: dt.datetime, now: dt.datetime) -> None:
        """Record it with so many people; what was recorded long ago is in the archive by `now`."""
        self.state, self.attendance, self.closed_at = ActivityState.RECORDED, attendance, at
        if at + AFTER <= now:
            self.state, self.archived_at = ActivityState.ARCHIVED, at + AFTER


def generate_day(places: Sequence[Place], day: dt.date, now: dt.datetime) -> Iterator[GeneratedActivity]:
    """Generate the activities of one day at all centers, as they stand at `now`."""
    lots = seeded_random("activities", day)
    for place in places:
        if lots.random() < (A_DAY_AT_HUBS if place.is_hub else A_DAY):
            yield generate(place, day, now, seeded_random("activity", day, place.code))


def generate(
    place: Place,
    day: dt.date,
    now: dt.datetime,
    rng: random.Random,
    *,
    sample: samples.Row | None = None,
    begins: dt.time | None = None,
) -> GeneratedActivity:
    """Generate one activity of a center on a day, drawn from `rng`; of the given sample, or of one that is held there.

    At the given time, or at one of the sample's.

    Nobody enters a thing before `now` that happens later.
    """
    chosen = sample or _draw_sample(place, day, rng)
    drawn = dt.time(int(rng.choice(chosen["hours"].split())), rng.choice((0, 30)))
    starts_at = clock.at(day, begins or drawn)
    published = clock.at(day - rng.randint(*PUBLISHED_BEFORE) * DAY, dt.time(rng.randint(9, 16), rng.randrange(60)))
    activity = GeneratedActivity(
        place=place,
        sample=chosen,
        reference=new_reference(rng.randrange),
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(minutes=int(chosen["minutes"])),
        published_at=min(published, now - dt.timedelta(hours=rng.randint(2, 40))),
        places=int(chosen["places"]) if chosen["places"] else None,
    )
    _close(activity, now, rng)
    return activity


def _draw_sample(place: Place, day: dt.date, rng: random.Random) -> samples.Row:
    """Draw what is held: each in its share, some in their months or at their own center alone."""
    held = [row for row in samples.rows("activities") if _is_held(row, place, day)]
    return rng.choices(held, [int(row["share"]) for row in held])[0]


def _is_held(row: samples.Row, place: Place, day: dt.date) -> bool:
    in_season = not row["months"] or str(day.month) in row["months"].split()
    return in_season and (not row["at"] or place.name.startswith(row["at"]))


def _close(activity: GeneratedActivity, now: dt.datetime, rng: random.Random) -> None:
    """Draw what became of it: called off, recorded, not recorded yet; still to come, or a draft."""
    fate, attendance = rng.random(), rng.randint(int(activity.sample["least"]), int(activity.sample["most"]))
    recorded_at = activity.ends_at + dt.timedelta(minutes=rng.randint(3, 90))
    if fate < CANCELLED:
        before = activity.starts_at - dt.timedelta(hours=rng.randint(3, 60))
        if activity.published_at < before < now:
            activity.state, activity.closed_at = ActivityState.CANCELLED, before
            activity.reason = rng.choice(samples.reasons()["cancel_activity"])
            return
    if activity.ends_at > now:
        if fate > 1 - DRAFT:
            activity.state = ActivityState.DRAFT
        return
    days_ago = (clock.local(now).date() - clock.local(activity.ends_at).date()).days
    missing = 0.5 if days_ago <= 1 else UNRECORDED if days_ago <= UNRECORDED_DAYS else 0
    if rng.random() >= missing and recorded_at < now:
        activity.record(attendance, recorded_at, now)
    elif days_ago > UNRECORDED_DAYS:
        activity.record(attendance, min(recorded_at, now), now)
