"""Centers and rooms that somebody is about to set up: outside one's subtree they don't exist, inside without the right they are forbidden."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from bookings import permissions
from bookings.models import Space
from centers import access
from centers.choices import WORKING
from centers.models import Center


def managed_center(request: HttpRequest, code: str) -> Center:
    """The center of that code. Raises Http404 where the person doesn't work, PermissionDenied where they don't manage."""
    mine = Center.objects.filter(pk__in=access.scope(request.user, WORKING)).select_related("level")
    center = get_object_or_404(mine, code=code)
    if not permissions.can_manage_spaces(request.user, center):
        raise PermissionDenied
    return center


def managed_space(request: HttpRequest, pk: int) -> Space:
    """The room of that id, likewise."""
    mine = Space.objects.filter(center__in=access.scope(request.user, WORKING)).select_related("center__level")
    space = get_object_or_404(mine, pk=pk)
    if not permissions.can_manage_spaces(request.user, space.center):
        raise PermissionDenied
    return space
