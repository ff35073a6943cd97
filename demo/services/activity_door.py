"""Check-ins of the demo's recorded activities of this month and the last: people counted at the door, by COPY.

They agree with the record, which is never below them. Some were counted a few short, and at some nobody counted: what a
ledger lacks is shown by the demo too.
"""

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from activities.models import GroupNames, WalkIn
from common import clock
from common.copying import copy_in, next_ids
from demo.services.activity_plans import GeneratedActivity
from demo.services.candidate_slots import seeded_random
from organizations.models import OrganizationCenter

WALK_IN = ("id", "activity_id", "count", "organization_id", "counted_by_id", "at")
GROUP_NAMES = ("walk_in_id", "names")
NOT_COUNTED, COUNTED_SHORT, WITH_BRANCH = 0.08, 0.1, 0.6
SMALLEST_BRANCH, LARGEST_BRANCH, MOST_NAMED = 3, 15, 8
# At most so many are counted with one press at the desk.
AT_ONCE = 20
MINUTE = dt.timedelta(minutes=1)

# Number of people, organisation, names.
Count = tuple[int, int | None, list[str]]


def insert_door(activities: Sequence[GeneratedActivity], ids: Mapping[str, int], now: dt.datetime) -> int:
    """Insert counts at the door of activities recorded since the first of last month. Returns how many rows."""
    since = clock.midnight(_last_month(clock.local(now).date()))
    recorded = [one for one in activities if one.attendance and one.starts_at >= since]
    if not recorded:
        return 0
    branches = _branches()
    drawn = [(one, at, count) for one in recorded for at, count in _counts(one, branches[one.place.pk])]
    numbered = list(zip(next_ids(WalkIn, len(drawn)), drawn, strict=True))
    copy_in(
        WalkIn,
        WALK_IN,
        (
            (pk, ids[one.reference], people, organization, one.place.staff, at)
            for pk, (one, at, (people, organization, _names)) in numbered
        ),
    )
    copy_in(GroupNames, GROUP_NAMES, ((pk, names) for pk, (_one, _at, (_people, _org, names)) in numbered if names))
    return len(numbered)


def _last_month(today: dt.date) -> dt.date:
    """The first day of the month before that of `today`."""
    return (today.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def _branches() -> dict[int, list[OrganizationCenter]]:
    """Demo organisations with when they stood under a center, by center. One query."""
    found: dict[int, list[OrganizationCenter]] = defaultdict(list)
    placed = OrganizationCenter.objects.filter(organization__is_demo=True, organization__dissolved_on=None)
    for placement in placed.select_related("organization").order_by("center__code", "organization__name", "id"):
        found[placement.center_id].append(placement)
    return found


def _counts(activity: GeneratedActivity, branches: Sequence[OrganizationCenter]) -> Iterator[tuple[dt.datetime, Count]]:
    """Draw what was counted, in the order of its moments, from a quarter of an hour before the start."""
    rng = seeded_random("door", activity.reference)
    if rng.random() < NOT_COUNTED:
        return
    people = activity.attendance or 0
    if rng.random() < COUNTED_SHORT:
        people = max(people - rng.randint(1, 3), 1)
    at = activity.starts_at - 15 * MINUTE
    for count in _parts(people, activity, branches, rng):
        at += rng.randint(1, 4) * MINUTE
        yield at, count


def _parts(
    people: int, activity: GeneratedActivity, branches: Sequence[OrganizationCenter], rng: random.Random
) -> Iterator[Count]:
    """Divide people into a branch that came together, perhaps, and counts of as many as are counted at once."""
    day = clock.local(activity.starts_at).date()
    standing = [one for one in branches if _stood_on(one, day)]
    if standing and people >= SMALLEST_BRANCH and rng.random() < WITH_BRANCH:
        size = rng.randint(SMALLEST_BRANCH, min(people, LARGEST_BRANCH))
        names = [f"演示党员{number:02d}" for number in range(1, min(size, MOST_NAMED) + 1)]
        yield size, rng.choice(standing).organization_id, names
        people -= size
    while people > 0:
        part = min(people, AT_ONCE)
        yield part, None, []
        people -= part


def _stood_on(placement: OrganizationCenter, day: dt.date) -> bool:
    """Whether an organisation stood under the center on a day."""
    first, end = placement.valid.lower, placement.valid.upper
    return (first is None or first <= day) and (end is None or day < end)
