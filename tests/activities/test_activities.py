"""Activities from entry to record: alone or from a booking, published, moved, held, recorded once."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from activities import exceptions as refused
from activities.choices import ActivityKind, ActivityState
from activities.domain.door import people_at_door
from activities.models import Activity, ActivityRecord
from activities.services import check_in as door
from activities.services.activities import cancel_activity, create_activity, edit_activity, publish_activity
from activities.services.records import record_activity, revise_record
from bookings.models import Booking, Space
from bookings.services.booking import cancel_booking
from centers.models import Center
from tests.factories.activities import D, join, make_activity, make_plan
from tests.factories.bookings import book, make_booker, make_space, slot
from tests.support.time import TestClock


@pytest.fixture
def room(village: Center) -> Space:
    return make_space(village)


@pytest.fixture
def booking(room: Space, staff: User) -> Booking:
    """Monday 30 November, 14:00–16:00, by the staff themselves."""
    return book(staff, room, 14, 16, day=D)


def test_an_activity_of_a_booking_takes_place_in_its_room(village: Center, staff: User, booking: Booking) -> None:
    activity = create_activity(actor=staff, center=village, plan=make_plan(), booking=booking, publish=True)
    assert (activity.state, activity.booking) == (ActivityState.PUBLISHED, booking)
    assert Activity.objects.public().get() == activity
    with pytest.raises(refused.BookingHasActivity):
        create_activity(actor=staff, center=village, plan=make_plan(), booking=booking)


def test_an_activity_of_a_booking_is_entered_within_the_time_the_room_is_had(
    village: Center, staff: User, booking: Booking
) -> None:
    with pytest.raises(refused.RoomKeepsTime, match="14:00"):
        create_activity(actor=staff, center=village, plan=make_plan(14.5, 16.5), booking=booking)
    activity = create_activity(actor=staff, center=village, plan=make_plan(), booking=booking, publish=True)
    edit_activity(actor=staff, activity=activity, plan=make_plan(14.5, 16))
    booking.refresh_from_db()
    assert (booking.starts_at, booking.ends_at) == slot(14, 16, D)


def test_a_booking_that_was_given_back_or_is_anothers_makes_no_activity(
    village: Center, staff: User, booking: Booking, room: Space
) -> None:
    cancel_booking(actor=staff, booking=booking)
    with pytest.raises(refused.BookingNotUsable):
        create_activity(actor=staff, center=village, plan=make_plan(), booking=booking)


def test_strangers_lead_nothing(village: Center, resident: User, staff: User, activity: Activity) -> None:
    with pytest.raises(refused.ActivityNotAllowed):
        create_activity(actor=resident, center=village, plan=make_plan())
    with pytest.raises(refused.ActivityNotAllowed):
        create_activity(actor=staff, center=Center.objects.get(code="330482"), plan=make_plan())
    for attempt in (
        lambda: publish_activity(actor=resident, activity=activity),
        lambda: edit_activity(actor=resident, activity=activity, plan=make_plan()),
        lambda: cancel_activity(actor=resident, activity=activity, reason="x"),
        lambda: door.check_in(actor=resident, activity=activity, code="x"),
        lambda: record_activity(actor=resident, activity=activity, key=uuid.uuid4(), attendance=1),
    ):
        with pytest.raises(refused.ActivityNotAllowed):
            attempt()


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"start": 16, "end": 14}, refused.ActivityEndsBeforeStart),
        ({"day": dt.date(2026, 11, 23)}, refused.PlannedInThePast),
        ({"min_age": 12, "max_age": 6}, refused.AgesReversed),
        ({"sign_up_opens_at": slot(15, 16, D)[0]}, refused.SignUpAfterStart),
    ],
)
def test_what_is_wrong_with_a_plan(
    village: Center, staff: User, fields: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        create_activity(actor=staff, center=village, plan=make_plan(**fields))  # type: ignore[arg-type]


def test_visits_and_inspections_are_never_shown_to_residents(village: Center, staff: User) -> None:
    plan = make_plan(kind=ActivityKind.INSPECTION)
    activity = create_activity(actor=staff, center=village, plan=plan, publish=True)
    assert not activity.is_listed
    assert not Activity.objects.public().exists()
    with pytest.raises(IntegrityError, match="activity_listed_if_public_kind"), transaction.atomic():
        Activity.objects.update(is_listed=True)


def test_a_draft_is_published_in_time_or_not_at_all(village: Center, staff: User, clock: TestClock) -> None:
    draft = create_activity(actor=staff, center=village, plan=make_plan())
    assert not Activity.objects.public().exists()
    published = publish_activity(actor=staff, activity=draft)
    with pytest.raises(refused.NotADraft):
        publish_activity(actor=staff, activity=published)
    late = create_activity(actor=staff, center=village, plan=make_plan())
    clock.move_to(late.starts_at)
    with pytest.raises(refused.PlannedInThePast):
        publish_activity(actor=staff, activity=late)


def test_a_person_counts_once_at_the_door_and_a_mistake_is_taken_back(
    activity: Activity, staff: User, clock: TestClock
) -> None:
    sign_up = join(activity, 1)
    with pytest.raises(refused.CheckInTooEarly):
        door.check_in(actor=staff, activity=activity, code=sign_up.code)
    clock.move_to(activity.starts_at)
    door.check_in(actor=staff, activity=activity, code=f" {sign_up.code.lower()} ")
    with pytest.raises(refused.CheckedInAlready):
        door.check_in(actor=staff, activity=activity, code=sign_up.code)
    with pytest.raises(refused.UnknownCode):
        door.check_in(actor=staff, activity=activity, code="9XXXXXXXXX")
    door.count_walk_ins(actor=staff, activity=activity, count=5)
    door.count_walk_ins(actor=staff, activity=activity, count=1)
    assert people_at_door(activity) == 7
    door.undo_walk_ins(actor=staff, activity=activity)
    door.undo_walk_ins(actor=staff, activity=activity)
    with pytest.raises(refused.NothingToUndo):
        door.undo_walk_ins(actor=staff, activity=activity)
    door.undo_check_in(actor=staff, activity=activity, code=sign_up.code)
    assert people_at_door(activity) == 0


def test_who_waits_is_told_so_at_the_door(village: Center, staff: User, clock: TestClock) -> None:
    activity = make_activity(village, capacity=1)
    join(activity, 1)
    waiting = join(activity, 2)
    clock.move_to(activity.starts_at)
    with pytest.raises(refused.NotIn, match="候补"):
        door.check_in(actor=staff, activity=activity, code=waiting.code)


def test_it_is_recorded_once_however_often_it_is_sent(activity: Activity, staff: User, clock: TestClock) -> None:
    key = uuid.uuid4()
    with pytest.raises(refused.NotHeldYet):
        record_activity(actor=staff, activity=activity, key=key, attendance=12)
    sign_up = join(activity, 1)
    clock.move_to(activity.starts_at)
    door.check_in(actor=staff, activity=activity, code=sign_up.code)
    door.count_walk_ins(actor=staff, activity=activity, count=5)
    clock.move_to(activity.ends_at)
    assert Activity.objects.unrecorded(clock.now).get() == activity
    with pytest.raises(refused.BelowCheckedIn, match="6"):
        record_activity(actor=staff, activity=activity, key=key, attendance=5)
    first = record_activity(actor=staff, activity=activity, key=key, attendance=12, note="写福字")
    assert record_activity(actor=staff, activity=activity, key=key, attendance=12, note="写福字") == first
    with pytest.raises(refused.RecordedAlready, match="12"):
        record_activity(actor=staff, activity=activity, key=uuid.uuid4(), attendance=30)
    assert ActivityRecord.objects.count() == 1
    assert Activity.objects.counted().get().attendance == 12
    assert not Activity.objects.unrecorded(clock.now).exists()
    revise_record(actor=staff, activity=activity, attendance=13, note="写福字", reason="少数了一位")
    activity.refresh_from_db()
    assert activity.attendance == 13
    assert activity.events.last().changes == {"attendance": [12, 13]}


def test_what_was_called_off_is_never_recorded(activity: Activity, staff: User, clock: TestClock) -> None:
    cancel_activity(actor=staff, activity=activity, reason="台风")
    clock.move_to(activity.ends_at)
    with pytest.raises(refused.ActivityIsOver):
        record_activity(actor=staff, activity=activity, key=uuid.uuid4(), attendance=3)
    assert not Activity.objects.counted().exists()


def test_ten_past_midnight_on_the_first_belongs_to_the_new_month(village: Center) -> None:
    late = make_activity(village, 22, 24 + 10 / 60, day=dt.date(2026, 11, 30))
    assert late.counted_on == dt.date(2026, 12, 1)


def test_staff_of_a_co_host_see_it_and_leave_it_to_the_leader(village: Center, staff: User) -> None:
    from centers.choices import Role
    from tests.factories.centers import grant

    partner = Center.objects.get(code="330482001002")
    colleague = make_booker(8)
    grant(colleague, partner, Role.STAFF)
    draft = create_activity(actor=staff, center=village, plan=make_plan(), co_hosts=[partner, village])
    assert list(draft.co_hosts.all()) == [partner]
    assert Activity.objects.visible_to(colleague).get() == draft
    assert not Activity.objects.manageable_by(colleague).exists()
    with pytest.raises(refused.ActivityNotAllowed):
        publish_activity(actor=colleague, activity=draft)
