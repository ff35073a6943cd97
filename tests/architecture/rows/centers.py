"""The network, and what managers set up of it."""

from typing import Any

from centers.choices import Role
from centers.models import CenterRole, SpecialDay
from tests.architecture.permission_table import Row, management, public
from tests.factories.bookings import open_daily
from tests.support.cast import Cast

FIRST, LAST = "2026-11-24", "2026-12-31"
MANAGERS_ONLY = {"forbidden": ("staff",)}


def center(cast: Cast) -> dict[str, Any]:
    return {"code": cast.center.code}


def role(cast: Cast) -> dict[str, Any]:
    held = CenterRole.objects.get(center=cast.center, role=Role.STAFF)
    return center(cast) | {"pk": held.pk}


def own_hours(cast: Cast) -> dict[str, Any]:
    open_daily(cast.center)
    return center(cast)


def special_day(cast: Cast) -> dict[str, Any]:
    SpecialDay.objects.create(center=cast.center, day=LAST)
    return center(cast)


ROWS = (
    Row("centers:center_list", **public()),
    Row("centers:hours_edit", **management(**MANAGERS_ONLY), target=center),
    Row(
        "centers:hours_edit",
        **management(302, **MANAGERS_ONLY),
        target=own_hours,
        method="post",
        data={"inherit": "1"},
    ),
    Row(
        "centers:hours_edit",
        **management(302, **MANAGERS_ONLY),
        target=center,
        method="post",
        data={"wed_opens_1": "13:00", "wed_closes_1": "18:00"},
    ),
    Row("centers:special_day_list", **management(**MANAGERS_ONLY), target=center),
    Row(
        "centers:special_day_list",
        **management(302, **MANAGERS_ONLY),
        target=center,
        method="post",
        data={"day": LAST, "reason": "Repair"},
    ),
    Row(
        "centers:special_day_remove",
        **management(302, **MANAGERS_ONLY),
        target=special_day,
        method="post",
        data={"day": LAST},
    ),
    Row("centers:role_list", **management(**MANAGERS_ONLY), target=center),
    Row(
        "centers:role_list",
        **management(302, **MANAGERS_ONLY),
        target=center,
        method="post",
        data={"user": "sibling_staff", "role": "staff", "first": FIRST},
    ),
    Row("centers:role_end", **management(**MANAGERS_ONLY), target=role),
    Row("centers:role_end", **management(302, **MANAGERS_ONLY), target=role, method="post", data={"last": LAST}),
    Row("centers:staff_password", **management(**MANAGERS_ONLY), target=role),
    Row(
        "centers:staff_password",
        **management(302, **MANAGERS_ONLY),
        target=role,
        method="post",
        data={"password": "lake-and-bridge-7"},
    ),
    Row("centers:staff_create", **management(**MANAGERS_ONLY), target=center),
    Row(
        "centers:staff_create",
        **management(302, **MANAGERS_ONLY),
        target=center,
        method="post",
        data={
            "username": "zhiyuan01",
            "name": "演示职员01",
            "password": "lake-and-bridge-7",
            "role": "staff",
            "first": FIRST,
        },
    ),
)
