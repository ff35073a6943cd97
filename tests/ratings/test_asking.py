"""Asking those who were there: the next morning, each account once, in the inbox alone."""

import datetime as dt

import pytest

from activities.choices import ActivityState, Relation
from activities.domain.rules import Entry
from activities.models import Activity, Participant, SignUp
from activities.services.sign_ups import sign_up
from common import clock as portal_clock
from notifications.models import Delivery, InboxMessage, Outbox
from notifications.services.delivery import sweep
from ratings.messages import ASKED, asked_texts
from ratings.services.asking import ask_for_ratings
from tests.factories.activities import D, join, make_activity, make_participant
from tests.support.cast import Cast
from tests.support.time import TestClock

MORNING = portal_clock.at(D + dt.timedelta(days=1), dt.time(9))


def there(activity: Activity, *numbers: int) -> None:
    for number in numbers:
        join(activity, number)
    SignUp.objects.filter(activity=activity).update(checked_in_at=activity.starts_at)


def at(clock: TestClock, moment: dt.datetime) -> int:
    clock.move_to(moment)
    return ask_for_ratings(now=moment)


@pytest.fixture
def held(cast: Cast) -> Activity:
    activity = make_activity(cast.center)
    there(activity, 1, 2)
    return activity


def test_the_next_morning_and_never_again(held: Activity, clock: TestClock) -> None:
    assert at(clock, MORNING - dt.timedelta(minutes=1)) == 0
    assert at(clock, MORNING) == 1
    assert [at(clock, MORNING + dt.timedelta(days=days)) for days in (0, 1, 2)] == [0, 0, 0]
    asked = Outbox.objects.filter(kind=ASKED).values_list("recipient__username", flat=True)
    assert sorted(asked) == ["resident-1", "resident-2"]


def test_after_a_long_stop_nobody_is_asked(held: Activity, clock: TestClock) -> None:
    assert at(clock, MORNING + dt.timedelta(days=3)) == 0


def test_until_midnight_is_asked_the_next_morning(cast: Cast, clock: TestClock) -> None:
    there(make_activity(cast.center, 20, 24), 1)
    assert at(clock, MORNING) == 1


def test_who_did_not_come_is_not_asked(cast: Cast, clock: TestClock) -> None:
    join(make_activity(cast.center))
    assert at(clock, MORNING) == 0


def test_what_was_called_off_is_not_asked_about(held: Activity, clock: TestClock) -> None:
    Activity.objects.update(state=ActivityState.CANCELLED)
    assert at(clock, MORNING) == 0


def test_a_family_is_asked_once(cast: Cast, clock: TestClock) -> None:
    activity = make_activity(cast.center)
    parent = cast["resident"]
    people: list[Participant] = [
        make_participant(parent, "演示家长"),
        make_participant(parent, "演示孩子", relation=Relation.CHILD),
    ]
    sign_up(actor=parent, activity=activity, entries=[Entry(one, guardian_consent=True) for one in people])
    there(activity)
    at(clock, MORNING)
    assert Outbox.objects.filter(kind=ASKED).count() == 1


def test_the_message_leads_to_the_rating_and_costs_no_text(held: Activity, clock: TestClock, client) -> None:
    at(clock, MORNING)
    sweep(now=clock.now)
    message = InboxMessage.objects.filter(kind=ASKED).first()
    assert message is not None
    assert not Delivery.objects.exists()
    text = asked_texts(ASKED, [message.subject_id])[message.subject_id]
    assert "新春送福" in text.body
    assert client.get(text.url).status_code == 200
