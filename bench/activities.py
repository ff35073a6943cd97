"""The public list of activities and one's own page: against their bytes from memory, and among very many activities.

Both databases of the growth scenario share the week that is asked for; the large one has ten years of others around it.
"""

import datetime as dt
import functools

from django.urls import reverse

from bench import data, growth, pages, places
from bench.from_memory import session_of
from bench.rounds import Result, throughputs
from common import clock

FEW, MANY = 10_000, 1_000_000
A_WEEK = 400
YEARS_AROUND = 10
FROM_MEMORY = "page ÷ its bytes from memory, through the whole middleware and one query"

# Activities at all centers in turn, from eight in the morning on.
INSERT = """
    INSERT INTO activities_activity (
        reference, kind, state, center_id, title, summary, line, format, micro_format, online_url,
        audience, starts_at, ends_at, place, contact_post, is_listed, takes_sign_ups, capacity, attendance, created_at,
        is_demo
    )
    SELECT
        %(prefix)s || lpad(n::text, 8, '0'),
        'activity',
        CASE WHEN starts_at > now() THEN 'published' ELSE 'recorded' END,
        centers.ids[1 + n %% cardinality(centers.ids)],
        'bench ' || n, '', 'organisation', 'on_site', '', '', 'everyone',
        starts_at, starts_at + interval '90 minutes', '', '', true, true, 30,
        CASE WHEN starts_at > now() THEN NULL ELSE 20 END,
        now(), true
    FROM (SELECT array_agg(id ORDER BY id) AS ids FROM centers_center) AS centers,
        generate_series(1, %(count)s) AS n,
        LATERAL (
            SELECT %(start)s::timestamptz + ((n::bigint * 7919) %% %(days)s) * interval '1 day'
                + (n %% 12) * interval '1 hour' AS starts_at
        ) AS times
"""


@functools.cache
def build_few() -> None:
    """Make the database with few activities, as a copy of the small one of the bookings."""
    monday = clock.today() + dt.timedelta(days=data.WEEK_AHEAD)
    places.create(places.FEW_ACTIVITIES, places.SMALL)
    _fill(places.FEW_ACTIVITIES, "W", A_WEEK, monday, 7)
    _fill(places.FEW_ACTIVITIES, "F", FEW - A_WEEK, monday + dt.timedelta(days=7), 365)
    _analyze(places.FEW_ACTIVITIES)


def build_many() -> None:
    """Make the database with very many activities around the same week."""
    build_few()
    monday = clock.today() + dt.timedelta(days=data.WEEK_AHEAD)
    places.create(places.MANY_ACTIVITIES, places.FEW_ACTIVITIES)
    half = (MANY - FEW) // 2
    span = YEARS_AROUND // 2 * 365
    _fill(places.MANY_ACTIVITIES, "P", half, monday - dt.timedelta(days=span), span)
    _fill(places.MANY_ACTIVITIES, "C", MANY - FEW - half, monday + dt.timedelta(days=7), span)
    _analyze(places.MANY_ACTIVITIES)


def calendar_scale(quick: bool) -> Result:
    """The list of the week that both share."""
    build_many()
    notes = f"public list, p95 at {MANY:,} ÷ at {FEW:,} activities"
    both = {"many": places.MANY_ACTIVITIES, "few": places.FEW_ACTIVITIES}
    return growth.measure("calendar_scale", _week_list, quick, **both, target=1.5, notes=notes)


def activity_list(quick: bool) -> Result:
    """The list of a week as a visitor gets it, among few activities."""
    build_few()
    with places.database(places.FEW_ACTIVITIES):
        rates = throughputs(*pages.pair_from_memory(_week_list()), calls=4, quick=quick)
    return Result("activity_list", *rates, target=0.25, at_least=True, unit="pages/s", notes=FROM_MEMORY)


def my_page(quick: bool) -> Result:
    """The page of a resident with people, bookings and sign-ups."""
    from accounts.models import User
    from bookings.models import Booking

    build_few()
    with places.database(places.FEW_ACTIVITIES):
        booker = Booking.objects.upcoming(clock.now()).order_by("pk").values_list("booker", flat=True)[0]
        cookie = session_of(User.objects.get(pk=booker))
        _sign_up(booker)
        rates = throughputs(*pages.pair_from_memory(reverse("pages:my_page"), cookie), calls=4, quick=quick)
    return Result("my_page", *rates, target=0.25, at_least=True, unit="pages/s", notes=FROM_MEMORY)


def _week_list() -> str:
    monday = clock.today() + dt.timedelta(days=data.WEEK_AHEAD)
    return f"{reverse('activities:activity_list')}?week={monday}&reach=everywhere&near="


def _sign_up(account_id: int) -> None:
    """Three people of the account, each in two activities to come."""
    from activities.choices import Relation, SignUpState
    from activities.models import Activity, Participant, SignUp

    coming = list(Activity.objects.coming(clock.now()).order_by("starts_at", "pk")[:6])
    for number in range(3):
        relation = Relation.OTHER if number else Relation.SELF
        person, _is_new = Participant.objects.get_or_create(
            account_id=account_id, name=f"bench {number}", defaults={"relation": relation}
        )
        for activity in coming[2 * number : 2 * number + 2]:
            SignUp.objects.get_or_create(
                activity=activity, participant=person, defaults={"state": SignUpState.IN, "made_by_id": account_id}
            )


def _analyze(name: str) -> None:
    with places.database(name, owner=True) as connection, connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE activities_activity")


def _fill(name: str, prefix: str, count: int, first: dt.date, days: int) -> None:
    start = clock.at(first, dt.time(8))
    with places.database(name, owner=True) as connection, connection.cursor() as cursor:
        cursor.execute(INSERT, {"prefix": prefix, "count": count, "start": start, "days": days})
