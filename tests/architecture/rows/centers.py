"""The network, and what managers set up of it."""

from typing import Any

from centers.choices import Role
from centers.models import CenterRole
from tests.architecture.permission_table import Row, management, public
from tests.support.cast import Cast

LAST = "2026-12-31"
MANAGERS_ONLY = {"forbidden": ("staff",)}


def center(cast: Cast) -> dict[str, Any]:
    return {"code": cast.center.code}


def role(cast: Cast) -> dict[str, Any]:
    held = CenterRole.objects.get(center=cast.center, role=Role.STAFF)
    return center(cast) | {"pk": held.pk}


ROWS = (
    Row("centers:center_list", **public()),
    Row("centers:hours_edit", **management(**MANAGERS_ONLY), target=center),
    Row("centers:hours_edit", **management(302, **MANAGERS_ONLY), target=center, method="post", data={"inherit": "1"}),
    Row("centers:special_day_list", **management(**MANAGERS_ONLY), target=center),
    Row(
        "centers:special_day_remove",
        **management(302, **MANAGERS_ONLY),
        target=center,
        method="post",
        data={"day": "2026-12-01"},
    ),
    Row("centers:role_list", **management(**MANAGERS_ONLY), target=center),
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
)
