"""Rooms, one's own bookings, and those that staff decide.

Rows are written straight: what a room needs to be bookable is another test's.
"""

import datetime as dt
from typing import Any

from bookings.choices import Purpose, Status
from bookings.models import Booking, BookingContact, Cell, Space
from centers.choices import CenterStatus
from centers.models import Center
from centers.services.tree import lineage
from common import clock
from tests.architecture.permission_table import Row, management, own, personal, public, workplace
from tests.factories.bookings import open_daily
from tests.support.cast import Cast

MANAGERS_ONLY = {"forbidden": ("staff",)}
ROOM = {"name": "二楼活动室", "area_kind": "activity", "capacity": "30", "is_active": "on"}


def center(cast: Cast) -> dict[str, Any]:
    return {"code": cast.center.code}


def room(cast: Cast) -> Space:
    space = Space.objects.create(center=cast.center, name="议事厅", capacity=20)
    space.cells.add(Cell.objects.create(center=cast.center, name="议事厅"))
    return space


def space(cast: Cast) -> dict[str, Any]:
    return {"pk": room(cast).pk}


def room_out_of_use(cast: Cast) -> dict[str, Any]:
    unused = room(cast)
    Space.objects.filter(pk=unused.pk).update(is_active=False)
    return {"pk": unused.pk}


def room_of_a_planned_center(cast: Cast) -> dict[str, Any]:
    Center.objects.filter(pk=cast.center.pk).update(status=CenterStatus.PLANNED)
    return space(cast)


def booking(cast: Cast, status: Status = Status.PENDING) -> dict[str, Any]:
    """The resident's booking of a room of the center, from two days on.

    The center is open then, or nobody could grant it.
    """
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
    # What isn't open to the public is there for those who work at its center, who set it up and answer for it.
    Row("bookings:space_detail", **management(anonymous=404), target=room_out_of_use),
    Row("bookings:space_detail", **management(anonymous=404), target=room_of_a_planned_center),
    # Without a slot in the address there is nothing to check: back to the room.
    Row("bookings:booking_create", **personal(302), target=space),
    Row("bookings:booking_list", **personal()),
    Row("bookings:booking_detail", **own(inside=200), target=booking),
    Row("bookings:booking_calendar", **own(inside=200), target=booking),
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
    Row("bookings:space_create", **management(302, **MANAGERS_ONLY), target=center, method="post", data=ROOM),
    Row("bookings:policy_edit", **management(**MANAGERS_ONLY), target=center),
    Row(
        "bookings:policy_edit",
        **management(302, **MANAGERS_ONLY),
        target=center,
        method="post",
        data={"quota_count": "2"},
    ),
    Row("bookings:space_edit", **management(**MANAGERS_ONLY), target=space),
    Row("bookings:space_edit", **management(302, **MANAGERS_ONLY), target=space, method="post", data=ROOM),
    Row("bookings:space_policy_edit", **management(**MANAGERS_ONLY), target=space),
    Row(
        "bookings:space_policy_edit",
        **management(302, **MANAGERS_ONLY),
        target=space,
        method="post",
        data={"quota_count": "2"},
    ),
)
