"""Recorded by two at one moment under two keys, and one code at two doors: each counts once."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from activities.choices import ActivityState
from activities.domain.door import people_at_door
from activities.exceptions import CheckedInAlready, RecordedAlready
from activities.models import Activity, ActivityRecord, SignUp, SignUpEvent
from activities.services import check_in as door
from activities.services import records
from activities.services.activities import create_activity, publish_activity
from activities.services.records import record_activity, record_held
from bookings.services.booking import cancel_booking
from centers.choices import Role
from centers.models import Center
from tests.concurrency.conftest import meet_before
from tests.concurrency.test_closing_races import Rivals
from tests.factories.activities import D, join, make_activity, make_plan
from tests.factories.bookings import book, make_policy, make_space, open_daily
from tests.factories.centers import grant
from tests.support.time import TestClock

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
DOORS = 6


@pytest.fixture
def village(own_database: None, clock: TestClock) -> Center:
    open_daily(Center.objects.get(code="330482"))
    return Center.objects.get(code="330482001001")


@pytest.fixture
def staff(village: Center) -> User:
    user = User.objects.create(username="staff-of-village")
    grant(user, village, Role.STAFF)
    return user


@pytest.fixture
def begun(village: Center, staff: User, clock: TestClock) -> Activity:
    activity = make_activity(village)
    join(activity, 1)
    clock.move_to(activity.starts_at)
    return activity


@pytest.fixture
def without_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The services read the activity without locking it."""

    def unlocked(activity: Activity) -> Activity:
        return Activity.objects.select_related("center", "booking").get(pk=activity.pk)

    monkeypatch.setattr(records, "locked", unlocked)
    monkeypatch.setattr(door, "locked", unlocked)


def record_by_two(activity: Activity, staff: User, rivals: Rivals) -> list[Any]:
    def attempt(attendance: int) -> Callable[[], Any]:
        return lambda: record_activity(actor=staff, activity=activity, key=uuid.uuid4(), attendance=attendance)

    return rivals([attempt(number) for number in range(5, 5 + DOORS)])


def check_in_at_all_doors(activity: Activity, staff: User, rivals: Rivals) -> list[Any]:
    code = SignUp.objects.get().code
    return rivals([lambda: door.check_in(actor=staff, activity=activity, code=code)] * DOORS)


def test_recorded_under_two_keys_at_once_one_record_stands(begun: Activity, staff: User, rivals: Rivals) -> None:
    outcomes = record_by_two(begun, staff, rivals)
    assert sum(isinstance(outcome, RecordedAlready) for outcome in outcomes) == DOORS - 1
    [record] = ActivityRecord.objects.all()
    begun.refresh_from_db()
    won = next(outcome for outcome in outcomes if isinstance(outcome, ActivityRecord))
    assert (record.key, begun.attendance) == (won.key, won.activity.attendance)


def test_canary_without_the_lock_the_second_meets_the_database(
    begun: Activity, staff: User, rivals: Rivals, without_lock: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one row a record may have catches it, but as an error and not in words."""
    meet_before(monkeypatch, records, "_record", DOORS)
    outcomes = record_by_two(begun, staff, rivals)
    assert any(not isinstance(outcome, RecordedAlready | ActivityRecord) for outcome in outcomes)
    assert ActivityRecord.objects.count() == 1


def test_one_code_at_all_doors_counts_once(begun: Activity, staff: User, rivals: Rivals) -> None:
    outcomes = check_in_at_all_doors(begun, staff, rivals)
    assert sum(isinstance(outcome, CheckedInAlready) for outcome in outcomes) == DOORS - 1
    assert SignUpEvent.objects.filter(verb="check_in").count() == 1
    assert people_at_door(begun) == 1


def test_canary_without_the_lock_one_code_is_checked_in_at_several_doors(
    begun: Activity, staff: User, rivals: Rivals, without_lock: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    meet_before(monkeypatch, door, "mark_here", DOORS)
    check_in_at_all_doors(begun, staff, rivals)
    assert SignUpEvent.objects.filter(verb="check_in").count() > 1


def test_what_was_held_sent_by_two_tabs_at_once_is_entered_once(
    village: Center, staff: User, clock: TestClock, rivals: Rivals
) -> None:
    plan, key = make_plan(day=clock.now.date()), uuid.uuid4()
    clock.move_to(plan.ends_at)

    def attempt() -> Activity:
        return record_held(actor=staff, center=village, plan=plan, key=key, attendance=9)

    made = rivals([attempt] * DOORS)
    assert len({activity.pk for activity in made}) == 1
    assert Activity.objects.count() == 1


def test_a_plan_sent_by_two_tabs_at_once_is_entered_once(village: Center, staff: User, rivals: Rivals) -> None:
    key = uuid.uuid4()

    def attempt() -> Activity:
        return create_activity(actor=staff, center=village, plan=make_plan(), key=key)

    assert len({activity.pk for activity in rivals([attempt] * DOORS)}) == 1


def test_a_booking_is_cancelled_or_its_activity_published_and_never_both(
    village: Center, staff: User, rivals: Rivals
) -> None:
    room = make_space(village)
    make_policy(room, quota_count=100)
    for hour in (8, 11, 14, 17):
        booking = book(staff, room, hour, hour + 2, day=D)
        plan = make_plan(hour, hour + 2)
        draft = create_activity(actor=staff, center=village, plan=plan, booking=booking)
        rivals(
            [
                lambda draft=draft: publish_activity(actor=staff, activity=draft),
                lambda booking=booking: cancel_booking(actor=staff, booking=booking),
            ]
        )
        draft.refresh_from_db()
        booking.refresh_from_db()
        assert (draft.state == ActivityState.PUBLISHED) == (booking.status == "approved")
