"""Rows of organisations that the database refuses, by constraint and by trigger (see test_constraints.py)."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange

from centers.models import Center
from organizations.choices import OrganizationType
from organizations.models import Liaison, Organization, OrganizationCenter

DAY = dt.date(2026, 12, 1)
ALWAYS, NEVER = DateRange(None, None), DateRange(DAY, DAY)


def organization(**fields: Any) -> Organization:
    return Organization(**{"name": "演示党委", "type": OrganizationType.COMMITTEE, **fields})


def standing(center: Center, *spans: DateRange) -> Iterable[models.Model]:
    one = organization()
    return [one, *(OrganizationCenter(organization=one, center=center, valid=span) for span in spans)]


def called(phone: str) -> Iterable[models.Model]:
    one = organization()
    return [one, Liaison(organization=one, name="演示联络员01", phone=phone)]


def stand_below_itself() -> None:
    first = Organization.objects.create(name="演示党委", type=OrganizationType.COMMITTEE)
    second = Organization.objects.create(name="演示第二党委", type=OrganizationType.COMMITTEE, parent=first)
    Organization.objects.filter(pk=first.pk).update(parent=second)


REFUSED: dict[str, Callable[[Any], Iterable[models.Model] | Callable[[], Any]]] = {
    "organization_type_known": lambda world: [organization(type="club")],
    "organization_field_known": lambda world: [organization(field_of_work="sea")],
    "organization_dissolved_after_founding": lambda world: [organization(founded_on=DAY, dissolved_on=DAY)],
    "organization_has_one_center": lambda world: standing(world.center, ALWAYS, DateRange(DAY, None)),
    "organization_center_valid_not_empty": lambda world: standing(world.center, NEVER),
    "liaison_phone_mobile": lambda world: called("05731234567"),
}
TRIGGERED: dict[str, tuple[str, Callable[[Any], Iterable[models.Model] | Callable[[], Any]]]] = {
    "Organization.no_cycle": ("organization_no_cycle", lambda world: stand_below_itself),
}


def may_stand(center: Center) -> Iterable[models.Model]:
    """Rows on the right side of each bound."""
    return [
        organization(founded_on=DAY, dissolved_on=DAY + dt.timedelta(days=1)),
        *standing(center, DateRange(None, DAY), DateRange(DAY, None)),
        *called(""),
        *called("19900000005"),
    ]
