"""Permissions on imports: who records at a center imports there."""

from activities.permissions import can_lead
from centers.access import Viewer
from centers.models import Center
from imports.models import Import


def can_import_at(actor: Viewer, center: Center | int) -> bool:
    """Allow those who work for the center."""
    return can_lead(actor, center)


def can_handle(actor: Viewer, imported: Import) -> bool:
    """Allow those who work for its center."""
    return can_lead(actor, imported.center_id)
