"""Several activities moved into one slot, and into one that is booked meanwhile: one has it, the others stay.

Canaries: with lock and constraint off, a room is had twice.
"""

import contextlib
import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from activities.exceptions import RoomNotHad
from activities.models import Activity
from activities.services.activities import create_activity, edit_activity
from bookings.domain import occupancy
from bookings.exceptions import SlotTaken
from bookings.models import NO_OVERLAP, Booking, Occupancy, Space
from bookings.services import booking as booking_services
from bookings.services import moving
from centers.choices import Role
from centers.models import Center
from tests.concurrency.test_closing_races import Rivals
from tests.factories.activities import D, make_plan
from tests.factories.bookings import book, make_booker, make_policy, make_space, open_daily, slot
from tests.factories.centers import grant
from tests.support.time import TestClock

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
RIVALS = 6
DAYS = [D + dt.timedelta(days=n) for n in range(1, RIVALS + 1)]


@pytest.fixture
def village(own_database: None, clock: TestClock) -> Center:
    open_daily(Center.objects.get(code="330482"))
    center = Center.objects.get(code="330482001001")
    make_policy(center, quota_count=100)
    return center


@pytest.fixture
def staff(village: Center) -> User:
    user = User.objects.create(username="staff-of-village")
    grant(user, village, Role.STAFF)
    return user


@pytest.fixture
def room(village: Center) -> Space:
    return make_space(village)


@pytest.fixture
def activities(village: Center, staff: User, room: Space) -> list[Activity]:
    """One on each day, in the same room."""
    return [
        create_activity(
            actor=staff,
            center=village,
            plan=make_plan(day=day),
            booking=book(staff, room, 14, 16, day=day),
            publish=True,
        )
        for day in DAYS
    ]


def without_guards(patch: pytest.MonkeyPatch) -> None:
    """Neither lock nor constraint; and all have looked before any writes."""
    together = threading.Barrier(RIVALS)
    checked = booking_services.checked_facts

    def look_then_wait(*args: Any) -> Any:
        facts = checked(*args)
        with contextlib.suppress(threading.BrokenBarrierError):
            together.wait(timeout=0.5)
        return facts

    patch.setattr(occupancy, "lock_and_read_taken", occupancy.taken_for)
    patch.setattr(occupancy, "lock_cells", lambda space_ids: [])
    for module in (booking_services, moving):
        patch.setattr(module, "checked_facts", look_then_wait)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE bookings_occupancy DROP CONSTRAINT {NO_OVERLAP}")


def move_to_d(staff: User, activity: Activity) -> Callable[[], Any]:
    return lambda: edit_activity(actor=staff, activity=activity, plan=make_plan(day=D))


def on_d() -> int:
    return Booking.objects.filter(starts_at=slot(14, 16, D)[0]).count()


def test_one_of_many_moved_into_one_slot_has_it_and_the_others_stay(
    activities: list[Activity], staff: User, rivals: Rivals
) -> None:
    outcomes = rivals([move_to_d(staff, activity) for activity in activities])
    assert sum(isinstance(outcome, Activity) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, RoomNotHad) for outcome in outcomes) == RIVALS - 1, outcomes
    assert (on_d(), Occupancy.objects.count()) == (1, RIVALS)
    for activity in Activity.objects.select_related("booking"):
        row = activity.booking.occupancy.get()
        assert activity.starts_at == activity.booking.starts_at == row.span.lower


def test_canary_without_lock_and_constraint_the_slot_is_had_by_several(
    activities: list[Activity], staff: User, rivals: Rivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_guards(monkeypatch)
    rivals([move_to_d(staff, activity) for activity in activities])
    assert on_d() > 1


def test_moved_or_booked_by_somebody_else_and_never_both(
    activities: list[Activity], staff: User, room: Space, rivals: Rivals
) -> None:
    bookers = [make_booker(number) for number in range(RIVALS // 2)]
    attempts: list[Callable[[], Any]] = [lambda who=who: book(who, room, 15, 17, day=D) for who in bookers]  # type: ignore[misc]
    attempts += [move_to_d(staff, activity) for activity in activities[: RIVALS // 2]]
    outcomes = rivals(attempts)
    assert sum(isinstance(outcome, Activity | Booking) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, RoomNotHad | SlotTaken) for outcome in outcomes) == RIVALS - 1, outcomes
    assert Booking.objects.filter(starts_at__gte=slot(0, 1, D)[0], starts_at__lt=slot(24, 25, D)[0]).count() == 1


def test_one_activity_moved_two_ways_at_once_stands_where_its_booking_stands(
    activities: list[Activity], staff: User, rivals: Rivals
) -> None:
    activity = activities[0]
    plans = [make_plan(hour, hour + 2, day=D) for hour in (8, 10, 14, 16)]
    rivals([lambda plan=plan: edit_activity(actor=staff, activity=activity, plan=plan) for plan in plans])  # type: ignore[misc]
    activity.refresh_from_db()
    assert activity.starts_at == activity.booking.starts_at == activity.booking.occupancy.get().span.lower
