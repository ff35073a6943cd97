"""Signing up under rivalry.

Eight clients on one activity with fewer places than people, through the service; beside the bare SQL that writes the
same rows.

The reference locks the activity, looks how many places are left, and inserts sign-up and event: no rule, no permission,
no model. The trigger counts the places of both, and both commit to disk. The rate is sign-ups a second, those on the
waitlist among them.
"""

import dataclasses
import datetime as dt
import statistics
from collections.abc import Sequence
from typing import Any

from bench import places
from bench.clients import Clients
from bench.rounds import Result, ratio
from bookings.values.references import new_reference
from common import clock

PEOPLE, PLACES = 96, 72
AHEAD = dt.timedelta(days=10)


@dataclasses.dataclass(frozen=True)
class Job:
    """A person who signs up for an activity, by their ids."""

    activity_id: int
    participant_id: int
    account_id: int


class Service:
    """Ours: through the service, with person and activity at hand as a view has them."""

    def __init__(self, parameters: dict[str, Any], jobs: Sequence[Job]) -> None:
        from activities.models import Activity, Participant

        people = Participant.objects.select_related("account")
        self._people = people.in_bulk({job.participant_id for job in jobs})
        self._activities = Activity.objects.in_bulk({job.activity_id for job in jobs})

    def do(self, job: Job) -> bool:
        """Whether a place was got, and not one on the waitlist."""
        from activities.choices import SignUpState
        from activities.domain.rules import Entry
        from activities.services.sign_ups import sign_up

        person = self._people[job.participant_id]
        assert person.account is not None
        [made] = sign_up(actor=person.account, activity=self._activities[job.activity_id], entries=[Entry(person)])
        return made.state == SignUpState.IN


class Bare:
    """The reference: the same rows by hand, on a psycopg2 connection of its own."""

    def __init__(self, parameters: dict[str, Any], jobs: Sequence[Job]) -> None:
        import psycopg2

        self._connection = psycopg2.connect(**parameters)

    def do(self, job: Job) -> bool:
        """Lock, look, insert two rows, commit. Whether a place was got."""
        with self._connection, self._connection.cursor() as cursor:
            cursor.execute(
                "SELECT capacity - seats_taken, waiting FROM activities_activity WHERE id = %s FOR UPDATE",
                [job.activity_id],
            )
            free, waiting = cursor.fetchone()
            state, verb = ("in", "sign_up") if free and not waiting else ("waiting", "wait")
            now = clock.now()
            cursor.execute(
                "INSERT INTO activities_signup (code, activity_id, participant_id, state, guardian_consent,"
                " photo_consent, made_by_id, is_by_staff, created_at, is_demo)"
                " VALUES (%s, %s, %s, %s, false, false, %s, false, %s, false) RETURNING id",
                [new_reference(), job.activity_id, job.participant_id, state, job.account_id, now],
            )
            cursor.execute(
                "INSERT INTO activities_signupevent (sign_up_id, verb, actor_id, at, from_state, to_state, reason)"
                " VALUES (%s, %s, %s, %s, '', %s, '')",
                [cursor.fetchone()[0], verb, job.account_id, now, state],
            )
        return state == "in"


def sign_up(quick: bool) -> Result:
    rounds = 3 if quick else 15
    ours: list[float] = []
    reference: list[float] = []
    with places.database(places.LARGE):
        people = _people()
        with Clients({"service": Service, "sql": Bare}) as clients:
            for number in range(rounds):
                pair = [("service", ours), ("sql", reference)]
                for how, rates in pair if number % 2 else reversed(pair):
                    rates.append(_round(clients, how, people))
    notes = f"8 clients, {PEOPLE} people for {PLACES} places, {2 * rounds} activities; 0 overfills"
    medians = statistics.median(ours), statistics.median(reference)
    return Result("sign_up", *medians, ratio(ours, reference), 0.4, True, "sign-ups/s", notes)


def _people() -> list[tuple[int, int]]:
    """People to sign up: ids of participant and account."""
    from accounts.models import User
    from activities.models import Participant

    names = [f"bench-{number:03d}" for number in range(PEOPLE)]
    User.objects.bulk_create([User(username=name, is_demo=True) for name in names], ignore_conflicts=True)
    accounts = User.objects.filter(username__in=names).order_by("pk")
    Participant.objects.bulk_create(
        [Participant(account=account, name=account.username) for account in accounts], ignore_conflicts=True
    )
    found = Participant.objects.filter(account__in=accounts)
    return [(pk, account or 0) for pk, account in found.values_list("pk", "account")]


def _round(clients: Clients, how: str, people: Sequence[tuple[int, int]]) -> float:
    """Sign-ups a second; every place must be taken, none twice, and whoever is left must wait."""
    from activities.choices import ActivityKind, ActivityState
    from activities.models import Activity
    from centers.models import Center

    starts_at = clock.now() + AHEAD
    activity = Activity.objects.create(
        kind=ActivityKind.ACTIVITY,
        state=ActivityState.PUBLISHED,
        center=Center.objects.in_register_order()[0],
        title="bench",
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=2),
        capacity=PLACES,
        is_demo=True,
    )
    outcome = clients.run(how, [Job(activity.pk, participant, account) for participant, account in people])
    activity.refresh_from_db()
    seats = activity.sign_ups.filter(state="in").count()
    if (seats, activity.seats_taken, activity.waiting) != (PLACES, PLACES, PEOPLE - PLACES) or outcome.errors:
        raise RuntimeError(f"{how}: {seats} seats for {PLACES} places; {outcome.errors[:3]}")
    return len(people) / outcome.seconds
