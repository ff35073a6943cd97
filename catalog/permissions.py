"""Permissions on services: roles mapped to verbs. Reads only."""

from centers import permissions
from centers.access import Actor
from centers.models import Center


def can_manage_services(actor: Actor, center: Center | int) -> bool:
    """Whether `actor` may publish, adapt, switch off and withdraw services of a center: those who set it up."""
    return permissions.can_manage(actor, center)
