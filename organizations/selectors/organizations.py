"""Organisations for pages and statistics."""

import dataclasses
import datetime as dt
from typing import Any

from django.contrib.auth.models import AnonymousUser

from centers.access import Viewer
from centers.models import Center, CenterAncestor
from common import clock
from organizations import permissions
from organizations.choices import PARTY
from organizations.models import Liaison, Organization, OrganizationCenter
from organizations.querysets import OrganizationQuerySet


@dataclasses.dataclass(frozen=True)
class Stay:
    """Place of an organisation by date, both days included; None without a beginning or an end."""

    center: Center
    first: dt.date | None
    last: dt.date | None


def active_under(center: Center, first: dt.date, last: dt.date) -> OrganizationQuerySet:
    """Organisations active under `center` on any day from `first` to `last` (included), each once, as a lazy queryset.

    One founded, dissolved or moved in between counts, by the tree of the day: of two centers that it moved between it
    counts under both. Statistics of coverage are reckoned from this.
    """
    return Organization.objects.active_under([center.pk], first, last)


def organizations_of(center: Center) -> list[Organization]:
    """Organisations standing under this very center today, dissolved ones last. Two queries.

    Each with its liaison and the one above it.
    """
    today = clock.today()
    found = Organization.objects.at([center.pk], today).select_related("liaison", "parent").with_center(today)
    return sorted(found.order_by("pk"), key=lambda organization: organization.is_dissolved)


def party_organizations(center: Center, limit: int) -> tuple[list[Organization], int]:
    """The first Party organisations that stand today under this very center, and how many do there and below it.

    Those of public centers. Two queries.
    """
    today = clock.today()
    there = Organization.objects.visible_to(AnonymousUser()).active_on(today).filter(type__in=PARTY)
    return list(there.at([center.pk], today).order_by("pk")[:limit]), there.under([center.pk], today).count()


def parent_choices(center: Center, organization: Organization | None = None) -> OrganizationQuerySet:
    """Party organisations of `center` and the centers above it that an organisation there may stand below.

    The present parent is among them, wherever it stands.
    """
    today = clock.today()
    above = CenterAncestor.objects.on(today).filter(center=center).values("ancestor")
    standing = OrganizationCenter.objects.on(today).filter(center__in=above).values("organization")
    found = Organization.objects.filter(pk__in=standing, type__in=PARTY, dissolved_on__isnull=True)
    if organization is None:
        return found.in_register_order(today)
    if organization.parent_id:
        found = found | Organization.objects.filter(pk=organization.parent_id)
    return found.exclude(pk=organization.pk).in_register_order(today)


def organization_page(user: Viewer, organization: Organization) -> dict[str, Any]:
    """Context of an organisation's public page; the liaison for those who work at its center.

    The number of queries doesn't grow with what stands below it.
    """
    today = clock.today()
    may_see_liaison = permissions.can_see_liaison(user, organization)
    rows = organization.placements.select_related("center").order_by("valid")
    one_day = dt.timedelta(days=1)
    return {
        "organization": organization,
        "center": organization.center,
        "parent": Organization.objects.visible_to(user).filter(children=organization).first(),
        "below": list(organization.children.visible_to(user).not_dissolved(today).in_register_order(today)),
        "stays": [
            Stay(row.center, row.valid.lower, row.valid.upper - one_day if row.valid.upper else None) for row in rows
        ],
        "may_see_liaison": may_see_liaison,
        "liaison": Liaison.objects.filter(organization=organization).first() if may_see_liaison else None,
        "can_manage": permissions.can_manage(user, organization),
    }
