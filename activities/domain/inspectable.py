"""Organisations that a center's inspections are about."""

import datetime as dt
from collections.abc import Collection, Iterator

from django.db.models import F

from activities.values.inspectable import Inspectable
from organizations.choices import PARTY
from organizations.models import Organization, OrganizationCenter
from organizations.querysets import OrganizationQuerySet


def inspectable(center_id: int, first: dt.date, last: dt.date) -> OrganizationQuerySet:
    """Party organisations active under a center on any day from `first` to `last` (included), as a lazy queryset.

    Guidance of Party building is for them; mass organisations and partners aren't inspected.
    """
    return Organization.objects.active_under([center_id], first, last).filter(type__in=PARTY)


def inspectable_of(center_ids: Collection[int]) -> Iterator[Inspectable]:
    """All Party organisations that ever stood under these centers or below them, with the days. One query."""
    edge = "center__ancestor_rows"
    places = OrganizationCenter.objects.filter(
        **{
            "organization__type__in": PARTY,
            f"{edge}__ancestor__in": center_ids,
            f"{edge}__valid__overlap": F("valid"),
        }
    )
    names = ("pk", "name", "short_name", "founded_on", "dissolved_on")
    rows = places.values_list(
        f"{edge}__ancestor", f"{edge}__valid", "valid", *(f"organization__{name}" for name in names)
    )
    for center, in_tree, placed, pk, name, short_name, founded_on, dissolved_on in rows:
        first = max(day for day in (in_tree.lower, placed.lower, founded_on, dt.date.min) if day)
        end = min(day for day in (in_tree.upper, placed.upper, dissolved_on, dt.date.max) if day)
        if first < end:
            yield Inspectable(center, pk, tuple(filter(None, (name, short_name))), first, end)
