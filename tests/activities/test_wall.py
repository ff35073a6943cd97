"""The code on the wall: it changes, it expires, who scans it checks their own people in, each once."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities import exceptions as refused
from activities.choices import Relation, SignUpState
from activities.domain.door import people_at_door
from activities.domain.rules import Entry
from activities.models import Activity, Participant, SignUp, SignUpEvent
from activities.services.check_in import check_in_own
from activities.services.sign_ups import sign_up
from activities.values.door import SCAN_LASTS, WALL_SECONDS, is_on_wall, wall_code
from centers.models import Center
from common import clock as portal_clock
from tests.factories.activities import join, make_activity, make_participant
from tests.factories.bookings import make_booker
from tests.support.queries import assert_constant_queries
from tests.support.time import TestClock

SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def begun(activity: Activity, clock: TestClock) -> Activity:
    """The activity of ten places at its start, resident 1 signed up with a child."""
    join(activity, 1)
    account = User.objects.get(username="resident-1")
    child = make_participant(account, "演示孩子01", relation=Relation.CHILD)
    sign_up(actor=account, activity=activity, entries=[Entry(child, guardian_consent=True)])
    clock.move_to(activity.starts_at)
    return activity


@pytest.fixture
def client(begun: Activity) -> Client:
    client = Client()
    client.force_login(User.objects.get(username="resident-1"))
    return client


def scan(client: Client, activity: Activity, *, at: dt.datetime | None = None) -> Any:
    code = wall_code(activity.reference, at or portal_clock.now())
    return client.get(reverse("activities:wall_scan", args=[activity.reference, code]))


def here(activity: Activity) -> str:
    return reverse("activities:wall_arrive", args=[activity.reference])


def codes(activity: Activity) -> list[str]:
    return list(activity.sign_ups.order_by("id").values_list("code", flat=True))


def test_a_code_holds_for_its_own_stretch_and_the_two_after_it(clock: TestClock) -> None:
    start = dt.datetime(2026, 11, 24, 2, 0, tzinfo=dt.UTC)
    code = wall_code("A", start)
    assert code == wall_code("A", start + dt.timedelta(seconds=WALL_SECONDS) - SECOND)
    assert code != wall_code("A", start + dt.timedelta(seconds=WALL_SECONDS))
    for seconds, holds in ((-1, False), (0, True), (89, True), (90, False)):
        assert is_on_wall("A", code, start + seconds * SECOND) is holds, seconds
    assert not is_on_wall("B", code, start), "of another activity it is nothing"


def test_who_scans_and_presses_once_is_in_with_the_family(client: Client, begun: Activity) -> None:
    assert scan(client, begun)["Location"] == here(begun)
    page = client.get(here(begun))
    assert [one.code for one in page.context["to_come"]] == codes(begun)
    client.post(here(begun), {"here": codes(begun)})
    page = client.get(here(begun))
    assert (len(page.context["here"]), page.context["to_come"]) == (2, [])
    assert people_at_door(begun) == 2


def test_one_of_the_family_may_have_stayed_at_home(client: Client, begun: Activity) -> None:
    scan(client, begun)
    client.post(here(begun), {"here": codes(begun)[1:]})
    assert people_at_door(begun) == 1
    assert begun.sign_ups.get(checked_in_at__isnull=False).participant.name == "演示孩子01"


def test_pressed_again_everybody_counts_once(client: Client, begun: Activity) -> None:
    scan(client, begun)
    for _ in range(2):
        client.post(here(begun), {"here": codes(begun)})
    assert SignUpEvent.objects.filter(verb="check_in").count() == 2


def test_signing_in_on_the_way_keeps_the_scan(begun: Activity, client: Client) -> None:
    stranger = Client()
    scan(stranger, begun)
    asked = stranger.get(here(begun))
    assert asked.status_code == 302 and here(begun) in asked["Location"]
    panel = stranger.get(asked["Location"]).content.decode()
    assert begun.title in panel
    # As signing in does it: the session that scanned goes on under another key.
    stranger.force_login(User.objects.get(username="resident-1"))
    assert stranger.get(here(begun)).status_code == 200


@pytest.mark.parametrize("code", ["0" * 20, "x", "１", "%00"])
def test_a_code_that_is_none_is_said_in_words(client: Client, begun: Activity, code: str) -> None:
    answer = client.get(reverse("activities:wall_scan", args=[begun.reference, code]))
    assert answer.status_code == 410
    assert str(refused.WallCodeExpired.message) in answer.content.decode()
    assert client.get(here(begun)).status_code == 410


def test_a_photo_of_the_code_is_worth_nothing_two_minutes_later(
    client: Client, begun: Activity, clock: TestClock
) -> None:
    old = portal_clock.now()
    clock.advance(minutes=2)
    assert scan(client, begun, at=old).status_code == 410


def test_without_a_scan_nobody_checks_in_from_home(client: Client, begun: Activity) -> None:
    client.post(here(begun), {"here": codes(begun)})
    assert people_at_door(begun) == 0


def test_a_scan_holds_for_a_quarter_of_an_hour(client: Client, begun: Activity, clock: TestClock) -> None:
    scan(client, begun)
    clock.advance(minutes=15, seconds=1)
    assert client.get(here(begun)).status_code == 410
    client.post(here(begun), {"here": codes(begun)})
    assert people_at_door(begun) == 0
    account = User.objects.get(username="resident-1")
    for moment in (None, portal_clock.now() - SCAN_LASTS - SECOND, portal_clock.now() + SECOND):
        with pytest.raises(refused.WallCodeExpired):
            check_in_own(actor=account, activity=begun, codes=codes(begun), scanned_at=moment)


def test_nobody_checks_others_in(client: Client, begun: Activity) -> None:
    scan(client, begun)
    stranger = Client()
    stranger.force_login(make_booker(7))
    scan(stranger, begun)
    stranger.post(here(begun), {"here": codes(begun)})
    assert people_at_door(begun) == 0


def test_the_door_is_shut_before_and_after(activity: Activity, clock: TestClock) -> None:
    client = Client()
    made = join(activity, 1)
    client.force_login(User.objects.get(username="resident-1"))
    for moment in (activity.door_opens_at - SECOND, activity.ends_at):
        clock.move_to(moment)
        client.force_login(User.objects.get(username="resident-1"))
        scan(client, activity)
        assert not client.get(here(activity)).context["is_open"]
        client.post(here(activity), {"here": [made.code]})
        assert people_at_door(activity) == 0
    clock.move_to(activity.door_opens_at)
    client.force_login(User.objects.get(username="resident-1"))
    scan(client, activity)
    client.post(here(activity), {"here": [made.code]})
    assert people_at_door(activity) == 1


JOIN = {"name": "演示居民77", "relation": "self"}


def join_at_door(client: Client, activity: Activity, **data: Any) -> Any:
    return client.post(reverse("activities:wall_join", args=[activity.reference]), {**JOIN, **data})


@pytest.fixture
def newcomer(begun: Activity) -> Client:
    client = Client()
    client.force_login(make_booker(77))
    scan(client, begun)
    return client


def test_who_is_not_signed_up_gets_a_free_place_and_is_in(newcomer: Client, begun: Activity) -> None:
    page = newcomer.get(here(begun))
    assert page.context["can_add"] and not page.context["to_come"]
    assert join_at_door(newcomer, begun)["Location"] == here(begun)
    made = SignUp.objects.get(participant__name="演示居民77")
    assert made.state == SignUpState.IN and made.checked_in_at is not None
    begun.refresh_from_db()
    assert begun.seats_taken == 3


def test_sent_twice_it_is_one_person(newcomer: Client, begun: Activity) -> None:
    for _ in range(2):
        join_at_door(newcomer, begun)
    assert people_at_door(begun) == 1


def test_no_place_is_given_that_there_is_not(newcomer: Client, begun: Activity) -> None:
    Activity.objects.filter(pk=begun.pk).update(capacity=2)
    assert newcomer.get(here(begun)).context["can_add"] is False
    answer = join_at_door(newcomer, begun)
    assert answer.status_code == 409
    assert str(refused.FullAtDoor.message) in answer.content.decode()
    assert not Participant.objects.filter(name="演示居民77").exists(), "nobody is added who was refused"


def test_who_waits_comes_before_who_only_walks_by(village: Center, clock: TestClock) -> None:
    """Before the start a place that falls free is offered to who waits; nobody overtakes them at the door."""
    activity = make_activity(village, capacity=1)
    join(activity, 1)
    assert join(activity, 2).state == SignUpState.WAITING
    Activity.objects.filter(pk=activity.pk).update(capacity=2)
    clock.move_to(activity.starts_at - 60 * SECOND)
    client = Client()
    client.force_login(make_booker(77))
    scan(client, activity)
    assert join_at_door(client, activity).status_code == 409


def test_rules_about_people_hold_at_the_door(village: Center, clock: TestClock) -> None:
    activity = make_activity(village, min_age=6, max_age=12)
    clock.move_to(activity.starts_at)
    client = Client()
    client.force_login(make_booker(77))
    scan(client, activity)
    answer = join_at_door(client, activity, relation="child", birth_date="2018-05-01")
    assert answer.status_code == 400, "the guardian's consent is missing"
    answer = join_at_door(client, activity, relation="child", birth_date="2018-05-01", guardian_consent="on")
    assert answer.status_code == 302
    assert people_at_door(activity) == 1


def test_the_wall_shows_a_code_that_renews_itself_while_the_door_is_open(
    staff: User, activity: Activity, clock: TestClock
) -> None:
    client = Client()
    address = reverse("activities:wall_detail", args=[activity.reference])
    for moment, is_open in ((activity.starts_at, True), (activity.ends_at, False)):
        clock.move_to(moment)
        client.force_login(staff)
        page = client.get(address)
        assert page.context["is_open"] is is_open
        text = page.content.decode()
        assert ('hx-trigger="every 10s"' in text) is is_open, "over, it no longer keeps the session of staff alive"
        assert ('http-equiv="refresh"' in text) is is_open
    clock.move_to(activity.starts_at)
    client.force_login(staff)
    first = client.get(address).context["scanned_url"]
    assert Client().get(first.removeprefix("http://testserver")).status_code == 302
    clock.advance(seconds=WALL_SECONDS)
    assert client.get(address, HTTP_HX_REQUEST="true").context["scanned_url"] != first


def test_the_pages_cost_the_same_however_many_come(staff: User, begun: Activity, client: Client) -> None:
    account = User.objects.get(username="resident-1")
    scan(client, begun)

    def grow(count: int) -> None:
        Activity.objects.filter(pk=begun.pk).update(capacity=100)
        for _ in range(count):
            person = make_participant(account, f"演示亲友{Participant.objects.count():03}", relation=Relation.OTHER)
            SignUp.objects.create(activity=begun, participant=person, state=SignUpState.IN)

    assert_constant_queries(grow, lambda: client.get(here(begun)))
