"""The demo's activities: possible ones, named as the article names them, with something to do for each who looks."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F, Max, Min, Q, Sum

from activities.choices import COUNTED, SEATED, ActivityKind, ActivityState, SignUpState
from activities.domain.rules import Entry, entry_refusal
from activities.models import (
    Activity,
    ActivityEvent,
    ActivityRecord,
    GroupNames,
    Participant,
    SignUp,
    SignUpEvent,
    WalkIn,
)
from activities.services.activities import cancel_activity
from activities.services.records import record_activity
from activities.services.sign_ups import leave
from common import clock
from common.months import Month
from demo.models import DemoActivityDay
from demo.services.activity_fill import COMING_DAYS
from demo.services.fill import FillResult, fill
from demo.services.network import load
from demo.values import samples
from ledger.selectors.ledgers import ledgers_of_month
from ratings.choices import Step
from ratings.models import FollowUp, Rating
from tests.demo.records import ACTIVITY_PAST_DAYS, DAY, TODAY, a_few_days, activities
from tests.support import databases
from tests.support.time import TestClock

pytestmark = pytest.mark.usefixtures("filled")


@pytest.fixture(scope="module")
def filled_database(django_db_setup: None, django_db_blocker: Any, worker_id: str) -> Iterator[tuple[str, FillResult]]:
    """A database of this module's, filled once; its name and what the fill said."""
    with django_db_blocker.unblock(), databases.clone(f"{worker_id}_demo_activities") as name:
        with databases.connected_to(name), TestClock.started(), a_few_days():
            added = fill(TODAY)
        yield name, added


@pytest.fixture
def filled(filled_database: tuple[str, FillResult], clock: TestClock) -> Iterator[FillResult]:
    """What the fill said, within the filled database; what the test writes there is rolled back."""
    name, added = filled_database
    with databases.connected_to(name), a_few_days(), transaction.atomic():
        yield added
        transaction.set_rollback(True)


def test_they_reach_from_the_past_into_two_weeks_in_every_state(filled: FillResult) -> None:
    assert filled.activities == Activity.objects.count() > 400
    reach = Activity.objects.aggregate(first=Min("starts_at"), last=Max("starts_at"))
    assert clock.local(reach["first"]).date() == TODAY - ACTIVITY_PAST_DAYS * DAY
    assert clock.local(reach["last"]).date() == TODAY + COMING_DAYS * DAY
    states = Counter(Activity.objects.values_list("state", flat=True))
    assert set(states) == set(ActivityState.values) - {ActivityState.ARCHIVED, ActivityState.WITHDRAWN}
    over = Activity.objects.filter(ends_at__lte=clock.now()).exclude(state=ActivityState.CANCELLED)
    assert over.filter(state__in=COUNTED).count() > 0.85 * over.count(), "most are recorded"
    assert not Activity.objects.filter(is_demo=False).exists()


def test_kinds_are_in_the_articles_order_and_titles_are_its_own() -> None:
    kinds = Counter(Activity.objects.values_list("kind", flat=True))
    assert set(kinds) == set(ActivityKind.values)
    assert kinds.most_common(1)[0][0] == ActivityKind.ACTIVITY
    assert min(kinds, key=lambda kind: kinds[kind]) == ActivityKind.TRAINING
    named = {row["title"] for row in samples.rows("activities")}
    assert set(Activity.objects.values_list("title", flat=True)) <= named
    song = Activity.objects.filter(title__contains="童声苑").values_list("center__name", flat=True)
    assert {name[:4] for name in song} == {"当湖街道"}
    assert not Activity.objects.filter(title="新春送福").exists(), "late November is no time for it"


def test_histories_are_possible() -> None:
    now = clock.now()
    assert not ActivityEvent.objects.filter(at__gt=now).exists()
    assert not SignUpEvent.objects.filter(at__gt=now).exists()
    assert not Activity.objects.filter(Q(created_at__gt=now) | Q(created_at__gte=F("starts_at"))).exists()
    assert not Activity.objects.filter(state__in=COUNTED, ends_at__gt=now).exists()
    recorded = Activity.objects.filter(state__in=COUNTED)
    assert ActivityRecord.objects.count() == recorded.count()
    assert not ActivityRecord.objects.filter(recorded_at__lt=F("activity__ends_at")).exists()
    last: dict[int, tuple[str, dt.datetime]] = {}
    for event in ActivityEvent.objects.order_by("pk"):
        state, at = last.get(event.activity_id, ("", event.at))
        assert (event.from_state, event.at >= at) == (state, True), event
        last[event.activity_id] = (event.to_state, event.at)
    assert {pk: state for pk, (state, _at) in last.items()} == dict(Activity.objects.values_list("pk", "state"))


def test_places_are_those_of_the_sign_ups_and_everybody_may_come() -> None:
    for activity in Activity.objects.filter(sign_ups__isnull=False).distinct():
        rows = list(activity.sign_ups.select_related("participant").order_by("id"))
        states = [row.state for row in rows]
        assert activity.seats_taken == sum(state in SEATED for state in states) <= (activity.capacity or 0)
        assert activity.waiting == states.count(SignUpState.WAITING)
        assert sorted(states) == states, "who waits came after those who are in"
        assert not activity.waiting or activity.places_left == 0
        assert [row.created_at for row in rows] == sorted(row.created_at for row in rows)
        for row in rows:
            assert entry_refusal(activity, Entry(row.participant, row.guardian_consent)) is None
    taken = Activity.objects.coming(clock.now()).filter(is_listed=True, capacity__isnull=False)
    assert taken.filter(seats_taken__gt=0, seats_taken__lt=F("capacity")).count() > 10
    assert not Participant.objects.exclude(name__startswith="演示").exists()
    assert not SignUp.objects.filter(activity__ends_at__lt=clock.now()).exists()


def test_who_came_was_counted_at_the_door_and_agrees_with_the_record() -> None:
    """Of this month and the last; at some nobody counted, and their ledgers say so."""
    since = clock.midnight(dt.date(2026, 10, 1))
    recorded = Activity.objects.filter(state__in=COUNTED, starts_at__gte=since, attendance__gt=0)
    counted = recorded.annotate(at_door=Sum("walk_ins__count"))
    assert counted.filter(at_door__isnull=False).count() > 0.8 * recorded.count()
    assert counted.filter(at_door__isnull=True).exists() and not counted.filter(at_door__gt=F("attendance")).exists()
    assert counted.filter(at_door=F("attendance")).count() > 0.7 * recorded.count()
    assert not WalkIn.objects.filter(activity__starts_at__lt=since).exists()
    too_late = Q(at__gt=F("activity__record__recorded_at")) | Q(at__lt=F("activity__starts_at") - dt.timedelta(hours=2))
    assert not WalkIn.objects.filter(too_late).exists()
    names = GroupNames.objects.values_list("names", "walk_in__count", "walk_in__organization")
    assert names and all(
        len(told) <= count and organization and all(name.startswith("演示") for name in told)
        for told, count, organization in names
    )
    month = Month(dt.date(2026, 11, 1))
    lacking = [
        facts.missing for center in {one.center for one in recorded} for facts in ledgers_of_month(center, month)
    ]
    whole = [missing for missing in lacking if "sign_in" not in missing]
    assert 0 < len(lacking) - len(whole) < 0.25 * len(lacking), "some have to be asked for, as in life"


def test_staff_at_home_find_one_to_record_and_one_with_a_waitlist_that_moves() -> None:
    network = load(TODAY)
    assert network is not None
    at_home = Activity.objects.filter(center=network.home)
    staff = at_home.first().created_by  # type: ignore[union-attr]
    assert staff is not None and staff.username in ("yuangong01", "zhanzhang01")
    unrecorded = at_home.unrecorded(clock.now()).filter(ends_at__gte=clock.midnight(TODAY - DAY))
    key = uuid.uuid4()
    assert record_activity(actor=staff, activity=unrecorded[0], key=key, attendance=20).activity.attendance == 20
    full = at_home.coming(clock.now()).filter(waiting__gt=0)[0]
    first_in_line = full.sign_ups.waiting()[0]
    leaver = full.sign_ups.filter(state=SignUpState.IN).select_related("participant__account")[0]
    leave(actor=leaver.participant.account, sign_up=leaver)
    first_in_line.refresh_from_db()
    assert first_in_line.state == SignUpState.OFFERED
    cancel_activity(actor=staff, activity=full, reason="停电")


def test_the_resident_has_one_sign_up_to_come() -> None:
    own = SignUp.objects.filter(participant__account__username="demo-resident-01").get()
    assert own.state == SignUpState.IN and own.activity.starts_at > clock.now()
    assert own.participant.name == "演示居民01"


def test_ratings_are_possible_and_staff_find_a_bad_one_at_each_step() -> None:
    assert Rating.objects.count() > 300
    assert not Rating.objects.filter(Q(is_demo=False) | Q(given_at__gt=clock.now())).exists()
    assert not Rating.objects.filter(given_at__lt=F("activity__ends_at")).exists()
    assert not Rating.objects.exclude(Q(comment="") | Q(comment__startswith="演示评价")).exists()
    bad = Rating.objects.bad()
    assert set(bad.values_list("pk", flat=True)) == set(FollowUp.objects.values_list("pk", flat=True))
    network = load(TODAY)
    assert network is not None
    at_home = FollowUp.objects.filter(rating__center=network.home).prefetch_related("events")
    assert {one.step for one in at_home} == set(Step)
    assert any(one.is_overdue for one in at_home), "one has waited too long"
    assert any(one.step == Step.VERIFY and not one.is_overdue for one in at_home), "one has just come in"
    for follow_up in FollowUp.objects.prefetch_related("events"):
        moments = [event.at for event in follow_up.events.all()]
        assert moments == sorted(moments)
        assert len(moments) == 1 + [Step.VERIFY, Step.FIX, Step.CALL_BACK, Step.DONE].index(follow_up.step)
        assert max(moments) <= clock.now()


def test_a_second_fill_adds_nothing_and_the_next_day_one_day(request: pytest.FixtureRequest) -> None:
    held: TestClock = request.getfixturevalue("clock")
    before = activities()
    assert fill(TODAY).activities == 0
    assert activities() == before
    held.advance(days=1)
    made = fill(TODAY + DAY).activities
    assert made > 0
    last_day = clock.midnight(TODAY + (COMING_DAYS + 1) * DAY)
    assert Activity.objects.filter(starts_at__gte=last_day).count() == made
    assert SignUp.objects.filter(participant__account__username="demo-resident-01").count() == 1
    assert DemoActivityDay.objects.count() == ACTIVITY_PAST_DAYS + COMING_DAYS + 2
