"""Which guard of an activity's places holds when another is off: its lock, or the check on its counted seats."""

import contextlib
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection

from activities import exceptions as refused
from activities.choices import SEATED, SignUpState
from activities.models import Activity, Participant, SignUp
from activities.models.activities import SEATS_WITHIN_CAPACITY
from activities.services import activities as activity_services
from activities.services import sign_ups as services
from activities.services.activities import edit_activity
from activities.services.participants import sign_up_party
from activities.values.people import Party, Person
from centers.choices import Role
from centers.models import Center
from tests.concurrency.signing_up import enter, ids, people
from tests.factories.activities import make_activity, make_plan
from tests.factories.bookings import make_booker
from tests.factories.centers import grant
from tests.support.time import TestClock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]

Rivals = Callable[[Sequence[Callable[[], Any]]], list[Any]]


@pytest.fixture
def center(clock: TestClock) -> Center:
    return Center.objects.get(code="330482001001")


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
    return len(ids(activity, SignUpState.IN)), len(failed)


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


def test_two_first_forms_under_two_names_make_one_holder(center: Center, rivals: Rivals) -> None:
    """A second click after the name was corrected: both go as oneself, and one account has one holder."""
    actor = make_booker(1)
    activity = make_activity(center)

    def send(name: str) -> list[SignUp]:
        return sign_up_party(actor=actor, activity=activity, party=Party(newcomers=[Person(name)]))

    results = rivals([partial(send, "演示居民01"), partial(send, "演示居民02")])
    refusals = [result for result in results if isinstance(result, Exception)]
    assert [type(refusal) for refusal in refusals] == [refused.HolderKnown]
    assert Participant.objects.filter(account=actor).count() == 1
