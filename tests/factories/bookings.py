"""Rooms that are open and slots to book, on the held clock of the tests (Tuesday 24 November 2026, 10:05)."""

import datetime as dt
from typing import Any

from accounts.models import User
from bookings.choices import Purpose
from bookings.models import Booking, BookingPolicy, Cell, Space
from bookings.services import booking as booking_services
from bookings.services.booking import Contact
from bookings.values.policy import Policy
from bookings.values.slot_request import SlotRequest
from centers.choices import DayKind
from centers.models import Center, WeeklyHours
from common import clock

TODAY = dt.date(2026, 11, 24)
TOMORROW = dt.date(2026, 11, 25)
CONTACT = Contact(name="演示居民01", phone="19900000001")


def open_daily(center: Center, opens: int = 8, closes: int = 21) -> None:
    """The center is open from `opens` to `closes` o'clock (24: the end of the day) on every kind of day."""
    WeeklyHours.objects.bulk_create(
        WeeklyHours(center=center, day_kind=kind, opens=dt.time(opens), closes=dt.time(closes % 24)) for kind in DayKind
    )


def make_space(
    center: Center, name: str = "二楼活动室", *, capacity: int = 30, cells: list[Cell] | None = None, **fields: Any
) -> Space:
    """A space of one new cell, or of the given ones."""
    space = Space.objects.create(center=center, name=name, capacity=capacity, **fields)
    space.cells.set(cells or [Cell.objects.create(center=center, name=name)])
    return space


def make_policy(of: Center | Space, **fields: Any) -> BookingPolicy:
    """A policy of a center or of a space; what isn't named is inherited."""
    key = "center" if isinstance(of, Center) else "space"
    return BookingPolicy.objects.create(**{key: of}, **fields)


def make_booker(number: int = 1) -> User:
    """A resident with a phone that can't be anybody's."""
    return User.objects.create(username=f"resident-{number}", phone=f"199{number:08d}", phone_verified_at=clock.now())


def slot(start: float, end: float, day: dt.date = TOMORROW) -> tuple[dt.datetime, dt.datetime]:
    """From and until, in hours of a Shanghai clock: `slot(9, 10.5)` is 9:00–10:30 tomorrow."""
    midnight = clock.midnight(day)
    return midnight + dt.timedelta(hours=start), midnight + dt.timedelta(hours=end)


def book(
    booker: User, space: Space, start: float = 9, end: float = 10, *, day: dt.date = TOMORROW, headcount: int = 5
) -> Booking:
    """Book through the service, in hours of a Shanghai clock."""
    return book_slot(booker, space, *slot(start, end, day), headcount=headcount)


def book_slot(booker: User, space: Space, start: dt.datetime, end: dt.datetime, *, headcount: int = 5) -> Booking:
    """Book [start, end) through the service."""
    return booking_services.create_booking(
        actor=booker,
        request=SlotRequest(start, end, headcount, space.pk, booker.pk),
        purpose=Purpose.RESIDENTS_MEETING,
        contact=CONTACT,
    )


def check_slot(booker: User, space: Space, start: dt.datetime, end: dt.datetime, *, headcount: int = 5) -> Policy:
    """Ask the service whether [start, end) could be booked; raises its refusal."""
    return booking_services.check_booking(request=SlotRequest(start, end, headcount, space.pk, booker.pk))
