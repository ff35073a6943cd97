"""Organisations that a center's inspections are about."""

import datetime as dt

from organizations.choices import PARTY
from organizations.models import Organization
from organizations.querysets import OrganizationQuerySet


def inspectable(center_id: int, first: dt.date, last: dt.date) -> OrganizationQuerySet:
    """Party organisations active under a center on any day from `first` to `last` (included), as a lazy queryset.

    Guidance of Party building is for them; mass organisations and partners aren't inspected.
    """
    return Organization.objects.active_under([center_id], first, last).filter(type__in=PARTY)
