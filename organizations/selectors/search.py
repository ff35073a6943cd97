"""Organisations by the words somebody looks for."""

from django.contrib.auth.models import AnonymousUser

from common import clock
from organizations.models import Organization
from organizations.querysets import OrganizationQuerySet


def matching(words: str) -> OrganizationQuerySet:
    """Organisations of public centers, there today, that hold every word, in the register's order; all for none.

    With the center of each. A lazy queryset.
    """
    today = clock.today()
    there = Organization.objects.visible_to(AnonymousUser()).active_on(today)
    return there.search(words).in_register_order(today).with_center(today)
