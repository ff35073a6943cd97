"""Rivals for the places of one activity, by threads on real connections."""

import random
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest

from activities import exceptions as refused
from activities.choices import SEATED, ActivityState, SignUpState
from activities.models import Activity, Participant, SignUp, SignUpEvent
from activities.services import sign_ups as services
from activities.services import waitlist
from centers.models import Center
from tests.concurrency.signing_up import (
    assert_each_was_offered_a_place_once,
    assert_places_are_those_of_the_rows_and_given_in_order,
    enter,
    ids,
    leave,
    people,
)
from tests.factories.activities import make_activity
from tests.support.time import TestClock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]

ROUNDS = 100
PATIENCE = 60.0
Rivals = Callable[[Sequence[Callable[[], Any]]], list[Any]]
IN, WAITING, OFFERED, LEFT = SignUpState.IN, SignUpState.WAITING, SignUpState.OFFERED, SignUpState.LEFT


@pytest.fixture
def center(clock: TestClock) -> Center:
    return Center.objects.get(code="330482001001")


def test_a_hundred_for_thirty_places_with_leavers_between(center: Center, rivals: Rivals) -> None:
    activity, everybody = make_activity(center, capacity=30), people(100)

    def family(number: int) -> int:
        """Sign five people up, one after the other; leave with some; take every offer. How many left."""
        lots, own, left = random.Random(number), [], 0
        for person in everybody[number::20]:
            own.append(enter(activity, person))
            if lots.random() < 0.3:
                left += take_back(lots.choice(own))
            accept_offers(own)
        return left

    def take_back(sign_up: SignUp) -> bool:
        try:
            leave(sign_up)
        except refused.SignUpOver:
            return False
        return True

    def accept_offers(own: Sequence[SignUp]) -> None:
        for one in SignUp.objects.filter(pk__in=[one.pk for one in own], state=OFFERED).select_related("participant"):
            services.accept_offer(actor=one.participant.account, sign_up=one)

    results = rivals([partial(family, number) for number in range(20)])
    assert all(isinstance(left, int) for left in results), results
    assert_places_are_those_of_the_rows_and_given_in_order(activity)
    assert_each_was_offered_a_place_once(activity)
    assert len(ids(activity, *SEATED)) == 30
    assert activity.sign_ups.values("participant").distinct().count() == activity.sign_ups.count() == 100
    assert len(ids(activity, LEFT)) == sum(results) > 0
    assert SignUpEvent.objects.filter(sign_up__activity=activity, from_state="").count() == 100, "nobody is lost"


def test_one_freed_place_goes_to_the_first_of_fifty_who_takes_it(center: Center, rivals: Rivals) -> None:
    activity = make_activity(center, capacity=1)
    first, *waiting = [enter(activity, person) for person in people(51)]
    lots = random.Random(7)
    taking = {one.pk for one in waiting[10:] if lots.random() < 0.2}
    expected = min(taking)

    def answer(number: int) -> None:
        """Ten times five people look again and again whether their turn has come."""
        own = waiting[number::10]
        while not activity.sign_ups.filter(state=IN).exclude(pk=first.pk).exists():
            for one in SignUp.objects.filter(pk__in=[mine.pk for mine in own], state=OFFERED).select_related(
                "participant"
            ):
                verb = services.accept_offer if one.pk in taking else services.decline_offer
                verb(actor=one.participant.account, sign_up=one)

    results = rivals([partial(leave, first), *(partial(answer, number) for number in range(10))])
    assert not [result for result in results if isinstance(result, Exception)], results
    assert ids(activity, IN) == [expected]
    assert ids(activity, SignUpState.DECLINED) == [one.pk for one in waiting if one.pk < expected]
    assert ids(activity, WAITING) == [one.pk for one in waiting if one.pk > expected]
    assert_places_are_those_of_the_rows_and_given_in_order(activity)
    assert_each_was_offered_a_place_once(activity)


def seat(activity: Activity, persons: Sequence[Participant], state: SignUpState) -> list[SignUp]:
    """Sign-ups as rows, in this order."""
    return [activity.sign_ups.create(participant=person, state=state, made_by=person.account) for person in persons]


def test_leaving_makes_no_room_bigger_and_newcomers_stand_behind(center: Center, rivals: Rivals) -> None:
    """Ten places, ten in, six waiting; three leave while two come and one who waits leaves. A hundred times."""
    everybody = people(18)
    rounds = [make_activity(center, capacity=10) for _ in range(ROUNDS)]
    there = [
        [*seat(activity, everybody[:10], SignUpState.IN), *seat(activity, everybody[10:16], WAITING)]
        for activity in rounds
    ]
    together = threading.Barrier(6)

    def each_round(attempt: Callable[[int], SignUp]) -> Callable[[], list[SignUp]]:
        """One rival with one connection through all rounds; in each of them all begin together."""

        def run() -> list[SignUp]:
            return [attempt(number) for number in range(ROUNDS) if together.wait(PATIENCE) >= 0]

        return run

    leavers = [lambda number, place=place: leave(there[number][place]) for place in (2, 3, 4, 11)]
    comers = [lambda number, person=person: enter(rounds[number], person) for person in everybody[16:]]
    results = rivals([each_round(attempt) for attempt in (*leavers, *comers)])
    assert not [result for result in results if isinstance(result, Exception)], results
    for number, activity in enumerate(rounds):
        sat, newcomers = there[number], sorted(result[number].pk for result in results[4:])
        assert ids(activity, IN) == [one.pk for place, one in enumerate(sat[:10]) if place not in (2, 3, 4)]
        assert ids(activity, OFFERED) == [sat[place].pk for place in (10, 12, 13)]
        assert ids(activity, WAITING) == [sat[14].pk, sat[15].pk, *newcomers]
        assert_places_are_those_of_the_rows_and_given_in_order(activity)
        assert_each_was_offered_a_place_once(activity)


def test_an_offer_is_taken_or_lapses_and_never_both(center: Center, rivals: Rivals, clock: TestClock) -> None:
    """At the deadline the person answers while two sweeps look for late offers."""
    first, second, third = people(3)
    ended: Counter[str] = Counter()
    for _ in range(10):
        with TestClock.started(clock.now) as held:
            activity = make_activity(center, capacity=1)
            seat, offered, behind = (enter(activity, person) for person in (first, second, third))
            leave(seat)
            offered.refresh_from_db()
            assert offered.offered_until is not None
            held.move_to(offered.offered_until)
            answer, *sweeps = rivals(
                [
                    lambda: services.accept_offer(actor=second.account, sign_up=offered),  # noqa: B023
                    *[lambda: waitlist.lapse_offers(now=held.now)] * 2,
                ]
            )
        offered.refresh_from_db()
        behind.refresh_from_db()
        if isinstance(answer, refused.OfferGone):
            assert (offered.state, behind.state, sum(sweeps)) == (SignUpState.LAPSED, OFFERED, 1)
        else:
            assert (offered.state, behind.state, sum(sweeps)) == (IN, WAITING, 0), answer
        ended[offered.state] += 1
        assert_places_are_those_of_the_rows_and_given_in_order(activity)
        Activity.objects.filter(pk=activity.pk).update(state=ActivityState.CANCELLED)
    assert sum(ended.values()) == 10
