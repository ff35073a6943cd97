"""Permissions on ledgers and the work log: they are of a center, for those who work there or above it. Reads only."""

from centers.access import Viewer, roles_at
from centers.choices import WORKING
from centers.models import Center


def can_keep(actor: Viewer, center: Center | int) -> bool:
    """Allow those who work for the center: read ledgers, make files of them, write the line of a day."""
    return not roles_at(actor, center).isdisjoint(WORKING)
