"""An organisation that somebody is about to change.

Outside one's subtree it doesn't exist, inside without the right it is forbidden.
"""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from centers.access import Viewer
from common import clock
from organizations import permissions
from organizations.models import Organization


def workable_organization(user: Viewer, pk: int) -> Organization:
    """Load the organisation of that id for somebody who works at its center. Http404 outside their subtree."""
    within = Organization.objects.workable_by(user).with_center(clock.today()).select_related("parent", "liaison__user")
    return get_object_or_404(within, pk=pk)


def managed_organization(user: Viewer, pk: int) -> Organization:
    """Load the organisation of that id for somebody who manages its center.

    Http404 outside their subtree, PermissionDenied inside without the right.
    """
    organization = workable_organization(user, pk)
    if not permissions.can_manage(user, organization):
        raise PermissionDenied
    return organization
