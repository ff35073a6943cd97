"""Organisations: public, set up by those who manage the center; their liaisons, for those who work there."""

from typing import Any

from centers.choices import CenterStatus
from centers.models import Center
from organizations.models import Organization
from organizations.services.organizations import dissolve_organization
from tests.architecture.permission_table import Row, management, public
from tests.factories.organizations import day, make_liaison, make_organization
from tests.support.cast import Cast

MANAGERS_ONLY = {"forbidden": ("staff",)}
BRANCH = {"name": "演示第二党支部", "type": "branch", "field_of_work": "rural"}


def center(cast: Cast) -> dict[str, Any]:
    return {"code": cast.center.code}


def made(cast: Cast) -> Organization:
    organization = make_organization(cast.center)
    make_liaison(organization)
    return organization


def organization(cast: Cast) -> dict[str, Any]:
    return {"pk": made(cast).pk}


def organization_of_a_planned_center(cast: Cast) -> dict[str, Any]:
    target = organization(cast)
    Center.objects.filter(pk=cast.center.pk).update(status=CenterStatus.PLANNED)
    return target


def dissolved(cast: Cast) -> dict[str, Any]:
    ended = made(cast)
    dissolve_organization(actor=None, organization=ended, on=day("2026-11-01"))
    return {"pk": ended.pk}


ROWS = (
    Row("organizations:organization_list", **public()),
    Row("organizations:organization_detail", **public(), target=organization),
    Row("organizations:organization_detail", **public(), target=dissolved),
    # What isn't open to the public is there for those who work at its center.
    Row("organizations:organization_detail", **management(anonymous=404), target=organization_of_a_planned_center),
    Row("organizations:liaison_phone", **management(200), target=organization, method="post"),
    Row("organizations:organization_list_manage", **management(**MANAGERS_ONLY), target=center),
    Row("organizations:organization_create", **management(**MANAGERS_ONLY), target=center),
    Row(
        "organizations:organization_create",
        **management(302, **MANAGERS_ONLY),
        target=center,
        method="post",
        data=BRANCH,
    ),
    Row("organizations:organization_edit", **management(**MANAGERS_ONLY), target=organization),
    Row(
        "organizations:organization_edit",
        **management(302, **MANAGERS_ONLY),
        target=organization,
        method="post",
        data=BRANCH,
    ),
    Row("organizations:organization_move", **management(**MANAGERS_ONLY), target=organization),
    # A center that isn't among those one manages can't be chosen.
    Row(
        "organizations:organization_move",
        **management(422, **MANAGERS_ONLY),
        target=organization,
        method="post",
        data={"center": "none", "on": "2026-12-01"},
    ),
    Row("organizations:organization_dissolve", **management(**MANAGERS_ONLY), target=organization),
    Row(
        "organizations:organization_dissolve",
        **management(302, **MANAGERS_ONLY),
        target=organization,
        method="post",
        data={"last": "2026-11-30"},
    ),
    Row("organizations:organization_restore", **management(302, **MANAGERS_ONLY), target=dissolved, method="post"),
    Row("organizations:liaison_edit", **management(**MANAGERS_ONLY), target=organization),
    Row(
        "organizations:liaison_edit",
        **management(302, **MANAGERS_ONLY),
        target=organization,
        method="post",
        data={"name": "演示联络员02", "phone": "19900000006"},
    ),
    Row("organizations:organization_import", **management(**MANAGERS_ONLY), target=center),
    # Without a file there is nothing to try.
    Row("organizations:organization_import", **management(422, **MANAGERS_ONLY), target=center, method="post"),
    Row("organizations:organization_import_template", **management(**MANAGERS_ONLY), target=center),
    Row("organizations:organization_import_apply", **management(**MANAGERS_ONLY), target=center),
    Row("organizations:organization_import_apply", **management(422, **MANAGERS_ONLY), target=center, method="post"),
)
