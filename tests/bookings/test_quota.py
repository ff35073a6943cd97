"""The monthly quota of a person: which bookings count, by what has become of them."""

from collections.abc import Callable

import pytest

from accounts.models import User
from bookings import exceptions as refused
from bookings.choices import Status
from bookings.models import Booking, Space
from bookings.services import booking as booking_services
from tests.factories.bookings import book, check_slot, make_policy, make_space, slot
from tests.support.cast import Cast
from tests.support.time import TestClock

Act = Callable[[Cast, Booking, TestClock], object]


def approve(cast: Cast, booking: Booking, clock: TestClock) -> None:
    booking_services.approve_booking(actor=cast["staff"], booking=booking)


def reject(cast: Cast, booking: Booking, clock: TestClock) -> None:
    booking_services.reject_booking(actor=cast["staff"], booking=booking, reason="停电")


def cancel(cast: Cast, booking: Booking, clock: TestClock) -> None:
    booking_services.cancel_booking(actor=cast["resident"], booking=booking)


def release(cast: Cast, booking: Booking, clock: TestClock) -> None:
    approve(cast, booking, clock)
    clock.move_to(slot(9.5, 10)[0])
    booking_services.release_early(actor=cast["resident"], booking=booking)


def expire(cast: Cast, booking: Booking, clock: TestClock) -> None:
    clock.move_to(slot(9.5, 10)[0])
    booking_services.expire_undecided(now=clock.now)


COUNTS: dict[Status, tuple[Act | None, bool]] = {
    Status.PENDING: (None, True),
    Status.APPROVED: (approve, True),
    Status.RELEASED: (release, True),
    Status.REJECTED: (reject, False),
    Status.CANCELLED: (cancel, False),
    Status.EXPIRED: (expire, False),
}


@pytest.fixture
def space(cast: Cast) -> Space:
    space = make_space(cast.center)
    make_policy(space, quota_count=1)
    return space


@pytest.mark.parametrize("status", Status)
def test_what_was_kept_counts_and_what_came_to_nothing_doesnt(
    cast: Cast, space: Space, clock: TestClock, status: Status
) -> None:
    act, counts = COUNTS[status]
    booking = book(cast["resident"], space, 9, 10)
    if act:
        act(cast, booking, clock)
    booking.refresh_from_db()
    assert booking.status == status
    if counts:
        with pytest.raises(refused.OverQuota):
            check_slot(cast["resident"], space, *slot(14, 15))
    else:
        check_slot(cast["resident"], space, *slot(14, 15))


def test_the_last_booking_of_the_quota_can_be_made(cast: Cast, space: Space) -> None:
    space.booking_policy.quota_count = 2
    space.booking_policy.save()
    resident: User = cast["resident"]
    book(resident, space, 9, 10)
    book(resident, space, 10, 11)
    with pytest.raises(refused.OverQuota):
        book(resident, space, 11, 12)
