"""Services: public pages, and those on which a center sets them up."""

from typing import Any

from catalog.choices import Audience, Channel, Function
from catalog.models import Service
from catalog.services.publishing import retire_service
from centers.choices import CenterStatus
from centers.models import Center
from tests.architecture.permission_table import Row, management, public
from tests.factories.catalog import make_service, switch_off
from tests.support.cast import Cast

MANAGERS_ONLY = {"forbidden": ("staff",)}
WORDS = {
    "title": "演示服务二",
    "function": Function.GENERAL,
    "audience": [Audience.RESIDENTS],
    "channels": [Channel.ON_SITE],
}


def center(cast: Cast) -> dict[str, Any]:
    return {"code": cast.center.code}


def own(cast: Cast) -> Service:
    return make_service(cast.center)


def service(cast: Cast) -> dict[str, Any]:
    return {"pk": own(cast).pk}


def withdrawn(cast: Cast) -> dict[str, Any]:
    return {"pk": retire_service(actor=None, service=own(cast)).pk}


def switched_off(cast: Cast) -> dict[str, Any]:
    return {"pk": switch_off(cast.center, own(cast)).pk}


def of_a_planned_center(cast: Cast) -> dict[str, Any]:
    Center.objects.filter(pk=cast.center.pk).update(status=CenterStatus.PLANNED)
    return service(cast)


def from_above(cast: Cast) -> dict[str, Any]:
    return {"code": cast.center.code, "pk": make_service(cast.city).pk}


ROWS = (
    Row("catalog:service_list", **public()),
    Row("catalog:service_detail", **public(), target=service),
    # A link in print leads to a page that says so.
    Row("catalog:service_detail", **public(), target=withdrawn),
    Row("catalog:service_detail", **public(), target=switched_off),
    Row("catalog:service_detail", **management(anonymous=404), target=of_a_planned_center),
    Row("catalog:service_list_manage", **management(**MANAGERS_ONLY), target=center),
    Row("catalog:service_create", **management(**MANAGERS_ONLY), target=center),
    Row("catalog:service_create", **management(302, **MANAGERS_ONLY), target=center, method="post", data=WORDS),
    Row("catalog:service_edit", **management(**MANAGERS_ONLY), target=service),
    Row("catalog:service_edit", **management(302, **MANAGERS_ONLY), target=service, method="post", data=WORDS),
    Row("catalog:service_adapt", **management(**MANAGERS_ONLY), target=from_above),
    Row(
        "catalog:service_adapt",
        **management(302, **MANAGERS_ONLY),
        target=from_above,
        method="post",
        data={"place": "演示地点"},
    ),
    Row("catalog:service_switch", **management(302, **MANAGERS_ONLY), target=from_above, method="post"),
    Row("catalog:service_retire", **management(**MANAGERS_ONLY), target=service),
    Row("catalog:service_retire", **management(302, **MANAGERS_ONLY), target=service, method="post"),
)
