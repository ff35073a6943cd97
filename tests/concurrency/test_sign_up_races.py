"""Rivals for the places of one activity, by threads on real connections.

Canaries show which guard holds when another is off: the lock of the activity, and the check on its counted seats.
"""

import contextlib
import random
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection

from activities import exceptions as refused
from activities.choices import SEATED, ActivityState, SignUpState, SignUpVerb
from activities.domain.rules import Entry
from activities.models import Activity, Participant, SignUp, SignUpEvent
from activities.models.activities import SEATS_WITHIN_CAPACITY
from activities.services import activities as activity_services
from activities.services import sign_ups as services
from activities.services import waitlist
from activities.services.activities import edit_activity
from centers.choices import Role
from centers.models import Center
from notifications.models import Outbox
from tests.factories.activities import make_activity, make_participant, make_plan
from tests.factories.bookings import make_booker
from tests.factories.centers import grant
from tests.support.time import TestClock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]

Rivals = Callable[[Sequence[Callable[[], Any]]], list[Any]]
IN, WAITING, OFFERED, LEFT = SignUpState.IN, SignUpState.WAITING, SignUpState.OFFERED, SignUpState.LEFT


@pytest.fixture
def center(clock: TestClock) -> Center:
    return Center.objects.get(code="330482001001")


def people(count: int, first: int = 1) -> list[Participant]:
    """So many residents, each as themselves."""
    return [make_participant(make_booker(number)) for number in range(first, first + count)]


def enter(activity: Activity, person: Participant) -> SignUp:
    [made] = services.sign_up(actor=person.account, activity=activity, entries=[Entry(person)])
    return made


def leave(sign_up: SignUp) -> SignUp:
    return services.leave(actor=sign_up.participant.account, sign_up=sign_up)


def ids(activity: Activity, *states: SignUpState) -> list[int]:
    return list(activity.sign_ups.filter(state__in=states).order_by("id").values_list("pk", flat=True))


def assert_places_are_those_of_the_rows_and_given_in_order(activity: Activity) -> None:
    """Counted are the rows; nobody who waits came before somebody with a place, nor waits beside a free one."""
    activity.refresh_from_db()
    seated, waiting = ids(activity, *SEATED), ids(activity, WAITING)
    assert (activity.seats_taken, activity.waiting) == (len(seated), len(waiting))
    assert activity.capacity is not None and len(seated) <= activity.capacity
    if waiting:
        assert len(seated) == activity.capacity and max(seated) < min(waiting)


def assert_each_was_offered_a_place_once(activity: Activity) -> None:
    """One offer, one message: whoever was passed over or told twice would be found here."""
    offers = SignUpEvent.objects.filter(sign_up__activity=activity, verb=SignUpVerb.OFFER)
    codes = list(offers.order_by("id").values_list("sign_up__code", flat=True))
    told = Outbox.objects.filter(kind="activity_offered", subject_id__in=codes).order_by("id")
    assert list(told.values_list("subject_id", flat=True)) == codes
    assert len(set(codes)) == len(codes)
    numbers = list(offers.order_by("id").values_list("sign_up", flat=True))
    assert numbers == sorted(numbers), "offered in the order in which they signed up"


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


def test_leaving_makes_no_room_bigger_and_newcomers_stand_behind(center: Center, rivals: Rivals) -> None:
    """Ten places, ten in, six waiting; three leave while two come and one who waits leaves. Again and again."""
    everybody = people(18)
    for _ in range(12):
        activity = make_activity(center, capacity=10)
        there = [enter(activity, person) for person in everybody[:16]]
        leavers, gives_up = there[2:5], there[11]
        results = rivals(
            [
                *(partial(leave, one) for one in (*leavers, gives_up)),
                *(partial(enter, activity, person) for person in everybody[16:]),
            ]
        )
        assert not [result for result in results if isinstance(result, Exception)], results
        newcomers = sorted(result.pk for result in results[4:])
        assert ids(activity, IN) == [one.pk for one in there[:10] if one not in leavers]
        assert ids(activity, OFFERED) == [there[n].pk for n in (10, 12, 13)]
        assert ids(activity, WAITING) == [there[14].pk, there[15].pk, *newcomers]
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


def without_lock(patch: pytest.MonkeyPatch) -> None:
    """Let everybody read the activity without queueing for it."""

    def unlocked(activity: Activity) -> Activity:
        return Activity.objects.select_related("center", "booking").get(pk=activity.pk)

    for module in (services, activity_services):
        patch.setattr(module, "locked", unlocked)


def drop_check() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE activities_activity DROP CONSTRAINT {SEATS_WITHIN_CAPACITY}")


def meet_after_reading(patch: pytest.MonkeyPatch, count: int) -> None:
    """Let all rivals have read the places before any of them writes: what a service without a lock lets through."""
    together = threading.Barrier(count)

    def then_wait(read: Callable[..., Any]) -> Callable[..., Any]:
        def waiting(*args: Any, **kwargs: Any) -> Any:
            result = read(*args, **kwargs)
            with contextlib.suppress(threading.BrokenBarrierError):
                together.wait(timeout=0.5)
            return result

        return waiting

    patch.setattr(services, "_state_for", then_wait(services._state_for))
    patch.setattr(activity_services, "check_plan", then_wait(activity_services.check_plan))


def rush(center: Center, rivals: Rivals, patch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Eight want the one place. How many have it, and how many the check threw out."""
    activity, everybody = make_activity(center, capacity=1), people(8)
    meet_after_reading(patch, 8)
    results = rivals([partial(enter, activity, person) for person in everybody])
    failed = [result for result in results if not isinstance(result, SignUp)]
    assert all(SEATS_WITHIN_CAPACITY in str(error) for error in failed), failed
    return len(ids(activity, IN)), len(failed)


def test_one_place_and_eight_who_want_it(center: Center, rivals: Rivals, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rush(center, rivals, monkeypatch) == (1, 0)


def test_canary_without_the_lock_the_check_holds(
    center: Center, rivals: Rivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_lock(monkeypatch)
    seated, thrown_out = rush(center, rivals, monkeypatch)
    assert seated == 1 and thrown_out > 0


def test_canary_without_the_check_the_lock_holds(
    center: Center, rivals: Rivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop_check()
    assert rush(center, rivals, monkeypatch) == (1, 0)


def test_canary_without_either_the_place_is_given_twice(
    center: Center, rivals: Rivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop_check()
    without_lock(monkeypatch)
    assert rush(center, rivals, monkeypatch)[0] > 1


def lower_while_people_come(center: Center, rivals: Rivals, patch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Five places, three taken; they are lowered to three while four people come. Places, and how many have one."""
    activity = make_activity(center, capacity=5)
    staff = make_booker(99)
    grant(staff, center, Role.STAFF)
    for person in people(3, first=50):
        enter(activity, person)
    everybody = people(4)
    meet_after_reading(patch, 5)
    results = rivals(
        [
            lambda: edit_activity(actor=staff, activity=activity, plan=make_plan(capacity=3)),
            *(partial(enter, activity, person) for person in everybody),
        ]
    )
    allowed = (Activity, SignUp, refused.CapacityBelowSeats, IntegrityError)
    assert all(isinstance(result, allowed) for result in results), results
    activity.refresh_from_db()
    assert activity.capacity is not None
    return activity.capacity, len(ids(activity, *SEATED))


def test_places_lowered_while_people_come_throw_nobody_out(
    center: Center, rivals: Rivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lower_while_people_come(center, rivals, monkeypatch) in ((3, 3), (5, 5))


def test_canary_lowered_without_the_lock_the_check_holds(
    center: Center, rivals: Rivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_lock(monkeypatch)
    capacity, seated = lower_while_people_come(center, rivals, monkeypatch)
    assert seated <= capacity


def test_canary_lowered_without_the_check_the_lock_holds(
    center: Center, rivals: Rivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop_check()
    assert lower_while_people_come(center, rivals, monkeypatch) in ((3, 3), (5, 5))


def test_canary_lowered_without_either_more_have_a_place_than_there_are(
    center: Center, rivals: Rivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop_check()
    without_lock(monkeypatch)
    capacity, seated = lower_while_people_come(center, rivals, monkeypatch)
    assert seated > capacity
