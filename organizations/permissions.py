"""Permissions on organisations, by the roles at the center they stand under today. Reads only.

None as actor is the system itself, which may do all.
"""

from centers import permissions
from centers.access import Actor, roles_at
from centers.choices import WORKING
from centers.models import Center
from organizations.models import Organization


def can_manage_at(actor: Actor, center: Center | int) -> bool:
    """Whether `actor` may enter and change organisations of a center: managers and administrators of it or above."""
    return permissions.can_manage(actor, center)


def can_manage(actor: Actor, organization: Organization) -> bool:
    """Whether `actor` may change an organisation."""
    return can_manage_at(actor, organization.center)


def can_see_liaison(actor: Actor, organization: Organization) -> bool:
    """Whether `actor` may see whom to talk to: those who work at the center or above it."""
    return actor is None or not roles_at(actor, organization.center).isdisjoint(WORKING)
