"""A room that somebody is about to set up.

Outside one's subtree it doesn't exist, inside without the right it is forbidden.
"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from bookings import permissions
from bookings.models import Space
from centers import access
from centers.choices import WORKING


def managed_space(user: access.Viewer, pk: int) -> Space:
    """The room of that id if `user` manages its center.

    Http404 outside their subtree, PermissionDenied inside without the right.
    """
    within = Space.objects.filter(center__in=access.scope(user, WORKING)).select_related("center__level")
    space = get_object_or_404(within, pk=pk)
    if not permissions.can_manage_spaces(user, space.center):
        raise PermissionDenied
    return space
