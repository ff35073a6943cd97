"""Demo requests for study visits: waiting ones at home and in every branch, one refused, those that became visits."""

import datetime as dt
from collections.abc import Iterator, Sequence

from activities.choices import ActivityKind, ActivityState, VisitState
from activities.domain.notice import first_visit_day
from activities.models import VisitRequest
from bookings.values.references import new_reference
from common import clock
from demo.services.activity_details import Ids, visiting_body
from demo.services.activity_plans import DAY, GeneratedActivity
from demo.services.candidate_slots import seeded_random
from demo.services.network import Network
from demo.services.people import DemoPeople, Person

AT_HOME = 2
MINUTE = dt.timedelta(minutes=1)
NOTE = "演示预约"
REFUSED = "演示：当天已有安排，请另选日期"


def insert_visits(
    activities: Sequence[GeneratedActivity],
    ids: Ids,
    network: Network,
    people: DemoPeople,
    now: dt.datetime,
    *,
    with_waiting: bool,
) -> None:
    """Insert the requests of coming visits; `with_waiting`: those that wait for an answer, and one refused, as well."""
    askers = people.others.first(20)
    made = list(_confirmed(activities, ids, askers, now))
    if with_waiting and askers:
        made += _waiting(network, askers, people.resident, now)
    VisitRequest.objects.bulk_create(made)


def _confirmed(
    activities: Sequence[GeneratedActivity], ids: Ids, askers: Sequence[Person], now: dt.datetime
) -> Iterator[VisitRequest]:
    """Make the requests from which the visits to come were made."""
    for activity in activities:
        is_coming = activity.state == ActivityState.PUBLISHED and activity.starts_at > now
        if not is_coming or activity.sample["kind"] != ActivityKind.RECEPTION or not askers:
            continue
        rng = seeded_random("visit", activity.reference)
        yield _visit(
            activity.place.pk,
            rng.choice(askers),
            activity.reference,
            activity.starts_at,
            activity.published_at - DAY,
            state=VisitState.CONFIRMED,
            ends_at=activity.ends_at,
            decided_at=activity.published_at,
            decided_by_id=activity.place.staff,
            activity_id=ids[activity.reference],
        )


def _waiting(network: Network, askers: Sequence[Person], resident: Person, now: dt.datetime) -> Iterator[VisitRequest]:
    """Make requests that nobody has answered, the resident's first, and one of theirs that was refused."""
    home = network.home.pk
    hubs = [pk for pk in network.centers if network.is_hub(pk)]
    first = first_visit_day(home, clock.local(now).date())
    asked_at = now - 90 * MINUTE
    places = [(home, resident), *((home, asker) for asker in askers[:AT_HOME]), *zip(hubs, askers, strict=False)]
    for number, (center, asker) in enumerate(places):
        start = clock.at(first + (number % 4) * DAY, dt.time(9 + number % 2))
        yield _visit(center, asker, f"waiting {number}", start, asked_at - number * MINUTE)
    refused_for = clock.at(first + DAY, dt.time(14))
    yield _visit(
        home,
        resident,
        "refused",
        refused_for,
        now - 3 * DAY,
        state=VisitState.REFUSED,
        reason=REFUSED,
        decided_at=now - 2 * DAY,
    )


def _visit(
    center: int,
    asker: Person,
    key: str,
    starts_at: dt.datetime,
    asked_at: dt.datetime,
    ends_at: dt.datetime | None = None,
    **fields: object,
) -> VisitRequest:
    body, level = visiting_body(key)
    rng = seeded_random("visit request", key, clock.local(starts_at).date())
    return VisitRequest(
        reference=new_reference(rng.randrange),
        center_id=center,
        asker_id=asker.pk,
        visiting_body=body,
        level=level,
        people=rng.randint(8, 40),
        starts_at=starts_at,
        ends_at=ends_at or starts_at + 90 * MINUTE,
        contact_name=f"演示联系人{rng.randint(1, 20):02d}",
        note=NOTE,
        asked_at=asked_at,
        is_demo=True,
        **fields,
    )
