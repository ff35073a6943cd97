"""Approve, reject, cancel, release, expire: who may, when, and what becomes of the time."""

import datetime as dt

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import User
from bookings import exceptions as refused
from bookings.choices import ConfirmMode, Status, Verb
from bookings.models import Booking, Occupancy, Space
from bookings.services import booking as booking_services
from centers.choices import Role
from centers.models import Center, CenterRole
from notifications.models import Outbox
from tests.factories.bookings import book, make_policy, slot
from tests.support.time import TestClock


@pytest.fixture
def staff(village: Center) -> User:
    person = User.objects.create(username="staff")
    CenterRole.objects.create(user=person, center=village, role=Role.STAFF, valid=DateRange(None, None))
    return person


@pytest.fixture
def pending(space: Space, city: Center, resident: User) -> Booking:
    make_policy(city, confirm_mode=ConfirmMode.STAFF)
    return book(resident, space, 9, 10)


def kinds() -> list[str]:
    return list(Outbox.objects.order_by("id").values_list("kind", flat=True))


def test_approving_keeps_the_time_and_tells_the_booker(pending: Booking, staff: User) -> None:
    booking = booking_services.approve_booking(actor=staff, booking=pending)
    assert booking.status == Status.APPROVED
    assert Occupancy.objects.count() == 1
    assert kinds() == ["booking_requested", "booking_approved"]
    event = booking.events.last()
    assert event and (event.verb, event.actor, event.from_status, event.to_status) == (
        Verb.APPROVE,
        staff,
        Status.PENDING,
        Status.APPROVED,
    )


def test_rejecting_frees_the_time_and_gives_the_reason(
    pending: Booking, staff: User, space: Space, neighbour: User
) -> None:
    booking = booking_services.reject_booking(actor=staff, booking=pending, reason=" 当天有选举 ")
    assert booking.status == Status.REJECTED and booking.events.last().reason == "当天有选举"  # type: ignore[union-attr]
    assert not Occupancy.objects.exists()
    assert kinds()[-1] == "booking_rejected"
    book(neighbour, space, 9, 10)


def test_rejecting_without_a_reason_is_refused(pending: Booking, staff: User) -> None:
    with pytest.raises(refused.ReasonMissing):
        booking_services.reject_booking(actor=staff, booking=pending, reason="  ")


def test_whoever_decides_second_is_told_so(pending: Booking, staff: User) -> None:
    booking_services.approve_booking(actor=staff, booking=pending)
    for again in (
        lambda: booking_services.approve_booking(actor=staff, booking=pending),
        lambda: booking_services.reject_booking(actor=staff, booking=pending, reason="x"),
    ):
        with pytest.raises(refused.AlreadyDecided):
            again()
    assert len(kinds()) == 2


def test_the_booker_and_strangers_may_not_decide(pending: Booking, resident: User, neighbour: User) -> None:
    for actor in (resident, neighbour):
        with pytest.raises(refused.NotAllowed):
            booking_services.approve_booking(actor=actor, booking=pending)


def test_nothing_is_decided_after_the_use_has_begun(pending: Booking, staff: User, clock: TestClock) -> None:
    clock.move_to(pending.starts_at)
    with pytest.raises(refused.TooLateToDecide):
        booking_services.approve_booking(actor=staff, booking=pending)


def test_the_booker_cancels_before_it_begins_and_is_not_told_what_they_did(
    space: Space, resident: User, neighbour: User
) -> None:
    booking = book(resident, space, 9, 10)
    booking_services.cancel_booking(actor=resident, booking=booking)
    assert not Occupancy.objects.exists()
    assert kinds() == ["booking_confirmed"]
    book(neighbour, space, 9, 10)


def test_staff_cancel_with_a_reason(space: Space, resident: User, staff: User) -> None:
    booking = book(resident, space, 9, 10)
    with pytest.raises(refused.ReasonMissing):
        booking_services.cancel_booking(actor=staff, booking=booking)
    booking_services.cancel_booking(actor=staff, booking=booking, reason="停电")
    assert kinds()[-1] == "booking_cancelled"


def test_strangers_may_not_cancel(space: Space, resident: User, neighbour: User) -> None:
    with pytest.raises(refused.NotAllowed):
        booking_services.cancel_booking(actor=neighbour, booking=book(resident, space))


def test_a_use_that_has_begun_is_not_cancelled_but_released(
    space: Space, resident: User, neighbour: User, clock: TestClock
) -> None:
    booking = book(resident, space, 9, 12)
    clock.move_to(slot(9.75, 10)[0])
    with pytest.raises(refused.NotCancellable):
        booking_services.cancel_booking(actor=resident, booking=booking)

    released = booking_services.release_early(actor=resident, booking=booking)

    assert (released.status, released.ends_at, released.planned_ends_at) == (
        Status.RELEASED,
        slot(9.75, 10)[0],
        slot(9, 12)[1],
    )
    assert Occupancy.objects.get().span.upper == slot(10.25, 11)[0], "the turnaround stays"
    book(neighbour, space, 10.5, 12)


def test_staff_end_a_use_with_a_reason(space: Space, resident: User, staff: User, clock: TestClock) -> None:
    booking = book(resident, space, 9, 12)
    clock.move_to(slot(9.75, 10)[0])
    with pytest.raises(refused.ReasonMissing):
        booking_services.release_early(actor=staff, booking=booking, reason="  ")
    booking_services.release_early(actor=staff, booking=booking, reason=" 水管爆裂 ")
    event = booking.events.last()
    assert event and (event.verb, event.actor, event.reason) == (Verb.RELEASE, staff, "水管爆裂")


def test_strangers_may_not_end_a_use(space: Space, resident: User, neighbour: User, clock: TestClock) -> None:
    booking = book(resident, space, 9, 12)
    clock.move_to(slot(9.75, 10)[0])
    with pytest.raises(refused.NotAllowed):
        booking_services.release_early(actor=neighbour, booking=booking, reason="水管爆裂")


def test_only_what_is_in_use_is_released(space: Space, resident: User, clock: TestClock) -> None:
    booking = book(resident, space, 9, 10)
    for hour in (8.5, 9, 10, 11):
        clock.move_to(slot(hour, 24)[0])
        with pytest.raises(refused.NotInUse):
            booking_services.release_early(actor=resident, booking=booking)


def test_undecided_requests_expire_once(pending: Booking, space: Space, clock: TestClock) -> None:
    assert booking_services.expire_undecided(now=clock.now) == 0
    clock.move_to(pending.starts_at + dt.timedelta(minutes=1))
    assert [booking_services.expire_undecided(now=clock.now) for _ in range(2)] == [1, 0]
    pending.refresh_from_db()
    assert pending.status == Status.EXPIRED and not Occupancy.objects.exists()
    event = pending.events.last()
    assert event and event.actor is None
    assert kinds()[-1] == "booking_expired"


def test_a_message_says_the_time_that_was_booked_when_the_room_was_given_back_early(
    space: Space, resident: User, clock: TestClock
) -> None:
    from bookings.messages import texts_of

    booking = book(resident, space, 9, 12)
    clock.move_to(slot(9.75, 10)[0])
    booking_services.release_early(actor=resident, booking=booking)
    words = texts_of("booking_confirmed", [booking.reference])[booking.reference]
    assert "9:00–12:00" in words.body


def test_messages_are_worded_in_both_languages(pending: Booking, staff: User) -> None:
    from django.utils import translation

    from bookings.messages import texts_of

    booking_services.reject_booking(actor=staff, booking=pending, reason="当天有选举")
    for language in ("zh-hans", "en"):
        with translation.override(language):
            words = texts_of("booking_rejected", [pending.reference])[pending.reference]
            assert "二楼活动室" in words.body and "当天有选举" in words.body and "9:00–10:00" in words.body
            assert words.url.endswith(f"/{pending.reference}/")
