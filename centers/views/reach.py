"""The center a staff page is about: outside one's reach it doesn't exist, inside it may still be somebody else's to set up."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from centers import access, permissions
from centers.choices import WORKING
from centers.models import Center


def managed_center(user: Any, code: str) -> Center:
    """The center with this code if `user` manages it. Http404 outside their subtree, PermissionDenied inside without the right."""
    within = access.scope(user, WORKING).select_related("level")
    center: Center = get_object_or_404(within, code=code)
    if not permissions.can_manage(user, center):
        raise PermissionDenied
    return center
