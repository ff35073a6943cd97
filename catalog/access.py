"""A service that somebody is about to set up.

Outside one's subtree it doesn't exist, inside without the right it is forbidden.
"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from catalog import permissions
from catalog.models import Service
from centers import access
from centers.choices import WORKING
from centers.models import Center


def managed_service(user: access.Viewer, pk: int) -> Service:
    """The service of that id, not an adaptation, if `user` manages its center.

    Http404 outside their subtree, PermissionDenied inside without the right.
    """
    within = Service.objects.originals().filter(center__in=access.scope(user, WORKING)).select_related("center__level")
    service = get_object_or_404(within, pk=pk)
    if not permissions.can_manage_services(user, service.center):
        raise PermissionDenied
    return service


def service_at(center: Center, pk: int) -> Service:
    """The service of that id, of `center` itself or of a center above it. Http404 otherwise."""
    return get_object_or_404(Service.objects.originals().above(center).select_related("center"), pk=pk)


def service_above(center: Center, pk: int) -> Service:
    """The service of that id, of a center above `center`. Http404 otherwise."""
    above = Service.objects.originals().above(center).exclude(center=center)
    return get_object_or_404(above.select_related("center"), pk=pk)
