"""`create_booking`: what it writes, and each rule that refuses."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import User
from bookings import exceptions as refused
from bookings.choices import ConfirmMode, Status, Verb
from bookings.domain.facts import facts_by_day
from bookings.domain.rules import free_spans
from bookings.domain.snapshot import Snapshot
from bookings.models import Booking, Cell, Maintenance, Occupancy, Space
from centers.models import Center, Closure
from common.clock import midnight
from common.intervals import covers
from notifications.models import Outbox
from tests.factories.bookings import TOMORROW, book, make_policy, make_space, slot
from tests.support.time import TestClock


def spans(space: Space) -> list[tuple[dt.datetime, dt.datetime]]:
    return [(row.span.lower, row.span.upper) for row in Occupancy.objects.filter(cell__spaces=space).order_by("span")]


def test_it_writes_booking_occupancy_contact_event_and_message(space: Space, resident: User) -> None:
    booking = book(resident, space, 9, 10)

    start, end = slot(9, 10)
    assert (booking.status, booking.starts_at, booking.ends_at) == (Status.APPROVED, start, end)
    assert spans(space) == [(start, end + dt.timedelta(minutes=30))]
    assert booking.contact.name == "演示居民01"
    assert [(event.verb, event.actor, event.to_status) for event in booking.events.all()] == [
        (Verb.CREATE, resident, Status.APPROVED)
    ]
    message = Outbox.objects.get()
    assert (message.recipient, message.kind, message.subject_id) == (resident, "booking_confirmed", booking.reference)


def test_it_stamps_the_policy_and_the_lineage_of_the_moment(
    space: Space, resident: User, village: Center, city: Center
) -> None:
    make_policy(city, turnaround_minutes=0, cancel_hours=12)
    booking = book(resident, space)

    assert booking.policy["turnaround_minutes"] == booking.turnaround_minutes == 0
    assert booking.cancel_by == booking.starts_at - dt.timedelta(hours=12)
    assert booking.lineage[0] == village.pk and booking.lineage[-1] == city.pk and len(booking.lineage) == 3


@pytest.mark.usefixtures("at_any_hour")
def test_staff_confirmation_makes_it_pending_with_a_deadline(
    space: Space, resident: User, city: Center, clock: TestClock
) -> None:
    make_policy(city, confirm_mode=ConfirmMode.STAFF)
    booking = book(resident, space, day=dt.date(2026, 11, 30))

    assert booking.status == Status.PENDING
    assert booking.decide_by == clock.now + dt.timedelta(days=1)
    assert spans(space), "a request holds the room"


@pytest.mark.usefixtures("at_any_hour")
def test_the_deadline_is_never_after_the_use_begins(space: Space, resident: User, city: Center) -> None:
    make_policy(city, confirm_mode=ConfirmMode.STAFF)
    booking = book(resident, space, 11, 12, day=dt.date(2026, 11, 24))
    assert booking.decide_by == booking.starts_at


def test_at_most_ten_statements(space: Space, resident: User) -> None:
    with CaptureQueriesContext(connection) as captured:
        book(resident, space)
    own = [
        query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]
    ]  # outside a test these two are BEGIN and COMMIT
    assert len(own) <= 10, "\n".join(sql[:150] for sql in own)


@pytest.mark.parametrize(("start", "end"), [(9, 10), (9.5, 10), (8, 9.5), (8, 11), (10, 11), (8, 9)])
def test_a_taken_slot_is_refused_with_its_turnaround_on_both_sides(
    space: Space, resident: User, neighbour: User, start: float, end: float
) -> None:
    book(resident, space, 9, 10)
    with pytest.raises(refused.SlotTaken):
        book(neighbour, space, start, end)
    assert Booking.objects.count() == 1 and Occupancy.objects.count() == 1


def test_without_turnaround_bookings_live_side_by_side(
    space: Space, resident: User, neighbour: User, city: Center
) -> None:
    make_policy(city, turnaround_minutes=0)
    book(resident, space, 9, 10)
    book(neighbour, space, 10, 11)
    book(neighbour, space, 8, 9)
    assert Booking.objects.count() == 3


def test_turnaround_may_pass_closing_time(space: Space, resident: User) -> None:
    booking = book(resident, space, 20, 21)
    assert spans(space)[0][1] == booking.ends_at + dt.timedelta(minutes=30)


def test_a_hall_blocks_its_rooms_and_a_room_blocks_the_hall(
    space: Space, village: Center, resident: User, neighbour: User
) -> None:
    east, west = (Cell.objects.create(center=village, name=name) for name in ("东", "西"))
    hall = make_space(village, "多功能厅", cells=[east, west])
    room, other = make_space(village, "东厅", cells=[east]), make_space(village, "西厅", cells=[west])

    book(resident, hall, 9, 10)
    for blocked in (room, other):
        with pytest.raises(refused.SlotTaken):
            book(neighbour, blocked, 9, 10)
    book(resident, room, 14, 15)
    with pytest.raises(refused.SlotTaken):
        book(neighbour, hall, 14, 15)
    book(neighbour, other, 14, 15)


@pytest.mark.parametrize(
    ("error", "wish"),
    [
        (refused.OffGrid, {"start": 9.25, "end": 10}),
        (refused.OffGrid, {"start": 10, "end": 9}),
        (refused.OffGrid, {"start": 20, "end": 26}),
        (refused.OverCapacity, {"headcount": 31}),
        (refused.OverCapacity, {"headcount": 0}),
        (refused.InThePast, {"start": 9, "end": 10, "day": dt.date(2026, 11, 24)}),
        (refused.TooFarAhead, {"day": dt.date(2026, 12, 25)}),
        (refused.TooLong, {"start": 9, "end": 13.5}),
        (refused.CenterShut, {"start": 7, "end": 9}),
        (refused.CenterShut, {"start": 20, "end": 22}),
    ],
)
def test_each_rule_refuses_with_its_own_error_and_writes_nothing(
    space: Space, resident: User, error: type[Exception], wish: dict[str, Any]
) -> None:
    with pytest.raises(error):
        book(resident, space, **wish)
    assert not Booking.objects.exists() and not Occupancy.objects.exists() and not Outbox.objects.exists()


@pytest.mark.usefixtures("at_any_hour")
def test_notice_counts_working_days(space: Space, resident: User, city: Center) -> None:
    """From Tuesday, three working days on is Friday; Saturday and Sunday don't count."""
    make_policy(city, notice_workdays=3)
    with pytest.raises(refused.TooSoon, match="3"):
        book(resident, space, day=dt.date(2026, 11, 26))
    book(resident, space, day=dt.date(2026, 11, 27))


@pytest.mark.parametrize("hour", [0.5, 10])
def test_notice_does_not_count_a_weekend(
    space: Space, resident: User, city: Center, clock: TestClock, hour: float
) -> None:
    clock.move_to(slot(hour, 11, dt.date(2026, 11, 27))[0])
    make_policy(city, notice_workdays=1)
    with pytest.raises(refused.TooSoon):
        book(resident, space, day=dt.date(2026, 11, 29))
    book(resident, space, day=dt.date(2026, 11, 30))


@pytest.mark.usefixtures("at_any_hour")
def test_the_horizon_ends_with_its_last_day(space: Space, resident: User, city: Center) -> None:
    make_policy(city, horizon_days=3)
    book(resident, space, 20, 21, day=dt.date(2026, 11, 27))
    with pytest.raises(refused.TooFarAhead, match="3"):
        book(resident, space, 8, 9, day=dt.date(2026, 11, 28))


@pytest.mark.usefixtures("at_any_hour")
def test_a_closure_above_shuts_the_space(space: Space, resident: User, city: Center) -> None:
    Closure.objects.create(
        center=city, starts_at=midnight(TOMORROW), ends_at=midnight(TOMORROW) + dt.timedelta(hours=12), reason="停电"
    )
    with pytest.raises(refused.CenterShut):
        book(resident, space, 9, 10)
    book(resident, space, 12, 13)


def test_maintenance_shuts_one_space(space: Space, resident: User) -> None:
    start, end = slot(9, 12)
    Maintenance.objects.create(space=space, starts_at=start, ends_at=end, reason="检修")
    with pytest.raises(refused.UnderMaintenance):
        book(resident, space, 11, 13)
    book(resident, space, 12, 13)


def test_a_repair_of_one_half_shuts_the_hall_and_not_the_other_half(
    space: Space, village: Center, resident: User
) -> None:
    east, west = (Cell.objects.create(center=village, name=name) for name in ("东", "西"))
    hall, half, other = (
        make_space(village, name, cells=cells)
        for name, cells in (("多功能厅", [east, west]), ("东厅", [east]), ("西厅", [west]))
    )
    start, end = slot(9, 12)
    Maintenance.objects.create(space=half, starts_at=start, ends_at=end, reason="检修")
    for blocked in (hall, half):
        with pytest.raises(refused.UnderMaintenance):
            book(resident, blocked, 9, 10)
        facts = facts_by_day([blocked], TOMORROW, TOMORROW, Snapshot.take())[blocked.pk][TOMORROW]
        assert not covers(free_spans(TOMORROW, facts), (start, end))
    book(resident, other, 9, 10)


def test_a_space_switched_off_meanwhile_is_refused(space: Space, resident: User) -> None:
    Space.objects.filter(pk=space.pk).update(is_active=False)
    with pytest.raises(refused.SpaceNotBookable):
        book(resident, space)


@pytest.mark.usefixtures("at_any_hour")
def test_quota_counts_the_month_over_all_centers(
    space: Space, village: Center, city: Center, resident: User, neighbour: User
) -> None:
    make_policy(city, quota_count=2)
    other = make_space(city, "市里的会议室")
    book(resident, space, 9, 10)
    book(resident, other, 9, 10)
    with pytest.raises(refused.OverQuota, match="每人2026年11月最多可有2项预约"):
        book(resident, space, 14, 15)
    book(resident, space, 14, 15, day=dt.date(2026, 12, 1))
    book(neighbour, space, 14, 15)


def test_the_quota_said_is_the_rule_s_and_of_the_month_of_use(space: Space, city: Center, resident: User) -> None:
    policy = make_policy(city, quota_count=4)
    for hour in range(9, 13):
        book(resident, space, hour, hour + 0.5, day=dt.date(2026, 12, 1))
    policy.quota_count = 1
    policy.save()
    with pytest.raises(refused.OverQuota) as caught:
        book(resident, space, 14, 15, day=dt.date(2026, 12, 1))
    assert str(caught.value) == "每人2026年12月最多可有1项预约，您已约满。"
    with translation.override("en"):
        assert "in December 2026: 1." in str(caught.value)


def test_a_space_out_of_use_is_refused(space: Space, resident: User) -> None:
    space.is_active = False
    space.save()
    with pytest.raises(refused.SpaceNotBookable):
        book(resident, space)


def test_a_space_without_cells_which_nothing_would_guard_is_refused(space: Space, resident: User) -> None:
    space.cells.clear()
    with pytest.raises(refused.SpaceNotBookable):
        book(resident, space)
    assert not Booking.objects.exists()


def test_visitors_are_refused(space: Space) -> None:
    with pytest.raises(refused.NotAllowed):
        book(AnonymousUser(), space)  # type: ignore[arg-type]
