"""Rooms, one's own bookings, and those that staff decide. Rows are written straight: what a room needs to be bookable is another test's."""

import datetime as dt
from typing import Any

from bookings.choices import Purpose, Status
from bookings.models import Booking, BookingContact, Cell, Space
from centers.services.tree import lineage
from common import clock
from tests.architecture.permission_table import Row, management, own, personal, public, workplace
from tests.factories.bookings import open_daily
from tests.support.cast import Cast

MANAGERS_ONLY = {"forbidden": ("staff",)}


def center(cast: Cast) -> dict[str, Any]:
    return {"code": cast.center.code}


def room(cast: Cast) -> Space:
    space = Space.objects.create(center=cast.center, name="议事厅", capacity=20)
    space.cells.add(Cell.objects.create(center=cast.center, name="议事厅"))
    return space


def space(cast: Cast) -> dict[str, Any]:
    return {"pk": room(cast).pk}


def booking(cast: Cast, status: Status = Status.PENDING) -> dict[str, Any]:
    """The resident's booking of a room of the center, from two days on; the center is open then, or nobody could grant it."""
    open_daily(cast.center)
    start = clock.at(clock.today() + dt.timedelta(days=2), dt.time(14))
    made = Booking.objects.create(
        space=room(cast),
        booker=cast["resident"],
        status=status,
        starts_at=start,
        ends_at=start + dt.timedelta(hours=2),
        headcount=8,
        purpose=Purpose.RESIDENTS_MEETING,
        turnaround_minutes=0,
        cancel_by=start,
        decide_by=start,
        policy={},
        lineage=lineage(cast.center, clock.today()),
        created_at=clock.now(),
    )
    BookingContact.objects.create(booking=made, name="演示联系人", phone="13900000001")
    return {"reference": made.reference}


ROWS = (
    Row("bookings:space_search", **public()),
    Row("bookings:space_detail", **public(), target=space),
    # Without a slot in the address there is nothing to check: back to the room.
    Row("bookings:booking_create", **personal(302), target=space),
    Row("bookings:booking_list", **personal()),
    Row("bookings:booking_detail", **own(inside=200), target=booking),
    Row("bookings:booking_cancel", **own(inside=200), target=booking),
    Row("bookings:booking_release", **own(inside=200), target=booking),
    # It isn't in use yet: nobody can end it.
    Row(
        "bookings:booking_release",
        **own(409, inside=409),
        target=booking,
        method="post",
        data={"reason": "The pipe has burst."},
    ),
    Row("bookings:decision_list", **workplace()),
    Row("bookings:booking_phone", **management(200), target=booking, method="post"),
    Row("bookings:booking_approve", **management(302), target=booking, method="post"),
    Row("bookings:booking_reject", **management(), target=booking),
    Row(
        "bookings:booking_reject",
        **management(302),
        target=booking,
        method="post",
        data={"reason": "The room is being repaired."},
    ),
    Row("bookings:space_list_manage", **management(**MANAGERS_ONLY), target=center),
    Row("bookings:space_create", **management(**MANAGERS_ONLY), target=center),
    Row("bookings:policy_edit", **management(**MANAGERS_ONLY), target=center),
    Row("bookings:space_edit", **management(**MANAGERS_ONLY), target=space),
    Row("bookings:space_policy_edit", **management(**MANAGERS_ONLY), target=space),
)
