"""Demo activities around a date: of eighteen months before it and two weeks after, with who signed up for the coming.

Like bookings, a day is filled once, and the same day gives the same activities wherever it is filled.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.conf import settings

from activities.choices import ActivityState, Relation, SignUpState
from activities.models import Participant
from activities.services.themes import add_shipped_themes
from bookings.values.references import new_reference
from common import clock
from demo.models import DemoActivityDay
from demo.services import activity_details, activity_door, activity_ratings, activity_rows, visit_rows
from demo.services.activity_plans import DAY, GeneratedActivity, Place, generate, generate_day
from demo.services.activity_rows import GeneratedSignUp
from demo.services.activity_series import generate_series
from demo.services.candidate_slots import seeded_random
from demo.services.network import Network
from demo.services.people import DemoPeople, Person
from demo.values import samples

PAST_DAYS, COMING_DAYS = 548, 14
# So many residents sign up; the first of them bring a child along where an activity has an age limit.
SIGNING_UP, WITH_CHILD = 60, 30
# Every so many days the home center has an activity that more people want than it has places.
WAITLIST_EVERY, TOO_MANY = 4, 3
WANTED = (0.1, 1.1)
HOUR = dt.timedelta(hours=1)


def fill_activities(today: dt.date, now: dt.datetime, network: Network, people: DemoPeople) -> int:
    """Insert the activities of the days that have none yet, with sign-ups and ratings. Returns how many."""
    first, last = today - PAST_DAYS * DAY, today + COMING_DAYS * DAY
    filled = set(DemoActivityDay.objects.filter(day__range=(first, last)).values_list("day", flat=True))
    missing = [day for n in range((last - first).days + 1) if (day := first + n * DAY) not in filled]
    if not missing:
        return 0
    add_shipped_themes(settings.BASE_DIR / "data")
    is_first = not DemoActivityDay.objects.exists()
    places = _places(network, people)
    activities = [activity for day in missing for activity in generate_day(places, day, now)]
    home = next(place for place in places if place.pk == network.home.pk)
    at_home = list(_at_home(home, missing, today, now))
    hubs = [place for place in places if place.is_hub]
    activities += generate_series(home, hubs, missing, today, now)
    ids = activity_rows.insert_activities(activities + at_home)
    activity_details.insert_details(activities + at_home, ids, network, now)
    visit_rows.insert_visits(activities, ids, network, people, now, with_waiting=is_first)
    resident = people.resident if is_first else None
    activity_rows.insert_sign_ups(list(_sign_ups(activities, at_home, people, resident, now)), ids)
    activity_door.insert_door(activities + at_home, ids, now)
    activity_ratings.insert_ratings([*activities, *at_home], ids, home.pk, now)
    DemoActivityDay.objects.bulk_create(DemoActivityDay(day=day, made_at=now) for day in missing)
    return len(ids)


def _places(network: Network, people: DemoPeople) -> list[Place]:
    lineages = network.lineages()
    return [
        Place(pk, center.code, center.name, network.is_hub(pk), people.decider(lineages[pk]))
        for pk, center in network.centers.items()
    ]


def _at_home(home: Place, missing: Sequence[dt.date], today: dt.date, now: dt.datetime) -> Iterator[GeneratedActivity]:
    """Generate what the demo's staff and its resident find at once: one to record, an inspection, and coming ones."""
    reading, handicraft, inspection = map(_sample, ("专题读书会", "暖心手工编织", "基层党建工作指导检查"))
    for day in missing:
        rng = seeded_random("activity at home", day)
        if day == today - DAY:
            activity = generate(home, day, now, rng, sample=reading)
            activity.state, activity.attendance, activity.closed_at = ActivityState.PUBLISHED, None, None
            yield activity
        elif day == today - activity_details.INSPECTED_AT_HOME * DAY:
            activity = generate(home, day, now, rng, sample=inspection)
            activity.record(5, activity.ends_at + HOUR, now)
            yield activity
        elif day > today and day.toordinal() % WAITLIST_EVERY == 0:
            activity = generate(home, day, now, rng, sample=handicraft)
            activity.state, activity.closed_at = ActivityState.PUBLISHED, None
            yield activity


def _sample(title: str) -> samples.Row:
    return next(row for row in samples.rows("activities") if row["title"] == title)


def _sign_ups(
    activities: Sequence[GeneratedActivity],
    at_home: Sequence[GeneratedActivity],
    people: DemoPeople,
    resident: Person | None,
    now: dt.datetime,
) -> Iterator[GeneratedSignUp]:
    """Draw who signed up for the coming activities: partly taken as a rule, at home more people than places."""
    takers = people.others.first(SIGNING_UP)
    grown, children = _participants(takers, now)
    wanted_at_home = [activity for activity in at_home if activity.starts_at > now]
    if resident and wanted_at_home:
        [own], _ = _participants([resident], now, with_child=0)
        yield _sign_up(wanted_at_home[0], own, now, SignUpState.IN, 0)
    for activity in [*wanted_at_home, *activities]:
        is_open = activity.state == ActivityState.PUBLISHED and activity.starts_at > now and activity.is_listed
        if not is_open or activity.places is None:
            continue
        rng = seeded_random("sign-ups", activity.reference)
        is_wanted = activity in wanted_at_home
        pool = children if activity.sample["min_age"] else grown
        count = activity.places + TOO_MANY if is_wanted else round(activity.places * rng.uniform(*WANTED))
        free = activity.places - (1 if resident and is_wanted and activity is wanted_at_home[0] else 0)
        for number, who in enumerate(rng.sample(pool, min(count, len(pool)))):
            state = SignUpState.IN if number < free else SignUpState.WAITING
            yield _sign_up(activity, who, now, state, number + 1)


def _sign_up(
    activity: GeneratedActivity, who: Participant, now: dt.datetime, state: SignUpState, number: int
) -> GeneratedSignUp:
    """A sign-up; the later in the line, the later it was made."""
    share = (number + 1) / 200
    at = activity.published_at + (now - activity.published_at) * min(share, 0.99)
    code = new_reference(seeded_random("sign-up", activity.reference, number).randrange)
    is_child = who.relation == Relation.CHILD
    return GeneratedSignUp(activity, code, who.pk, who.account_id or 0, state, is_child, at)


def _participants(
    takers: Sequence[Person], now: dt.datetime, with_child: int = WITH_CHILD
) -> tuple[list[Participant], list[Participant]]:
    """Find or create the residents as participants, and a child of each of the first."""
    year = clock.local(now).year
    wanted: list[tuple[Person, str, str, dt.date | None]] = [
        (person, Relation.SELF, person.name, None) for person in takers
    ]
    wanted += [
        (person, Relation.CHILD, f"演示孩子{number:02d}", dt.date(year - 7 - number % 7, 1 + number % 12, 10))
        for number, person in enumerate(takers[:with_child], start=1)
    ]
    known = _known(takers)
    missing = [
        Participant(account_id=person.pk, name=name, relation=relation, birth_date=born, created_at=now, is_demo=True)
        for person, relation, name, born in wanted
        if (person.pk, relation) not in known
    ]
    Participant.objects.bulk_create(missing, ignore_conflicts=True)
    known = _known(takers) if missing else known
    found = [known[person.pk, relation] for person, relation, _name, _born in wanted if (person.pk, relation) in known]
    return [one for one in found if one.relation == Relation.SELF], [
        one for one in found if one.relation == Relation.CHILD
    ]


def _known(takers: Sequence[Person]) -> dict[tuple[int, str], Participant]:
    """The first participant of each account and relation."""
    rows = Participant.objects.filter(account__in=[person.pk for person in takers]).order_by("-id")
    return {(row.account_id or 0, row.relation): row for row in rows}
