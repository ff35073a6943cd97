"""Access to figures: those who work at a center, or above it, see its figures and the records they are made of."""

from collections.abc import Collection

from django.http import Http404

from centers import access
from centers.choices import WORKING
from centers.models import Center, CenterRole
from common import clock


def figured_center(user: access.Viewer, code: str) -> Center:
    """Load the center of this code for somebody who works there or above it; without a code their first own one.

    Raises Http404 for anybody else.
    """
    within = access.scope(user, WORKING).select_related("level")
    if code:
        # What the database can't even be asked for is nobody's.
        center = within.filter(code=code).first() if code.isprintable() else None
    elif user.is_authenticated:
        held = CenterRole.objects.on(clock.today()).filter(user=user, role__in=WORKING)
        center = within.filter(pk__in=held.values("center")).in_register_order().first()
    else:
        center = None
    if center is None:
        raise Http404
    return center


def within_reach(user: access.Viewer, centers: Collection[int]) -> set[int]:
    """Ids of those among `centers` whose figures `user` may open. One query."""
    return set(access.scope(user, WORKING).filter(pk__in=centers).values_list("pk", flat=True))
