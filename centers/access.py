"""Access to centers.

Roles resolved at a center (a role reaches down its subtree, on its dates), and loaders that authorise.
"""

import datetime as dt
from collections.abc import Collection

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404

from accounts.models import User
from centers.choices import MANAGING, PUBLIC, WORKING, Role
from centers.models import Center, CenterAncestor, CenterRole
from centers.querysets import CenterQuerySet
from common import clock

# Whoever looks; None as an actor is the system itself.
Viewer = User | AnonymousUser
Actor = Viewer | None


def roles_at(user: Viewer, center: Center | int, on: dt.date | None = None) -> frozenset[Role]:
    """Roles `user` holds at `center` on a date (today), its own and those that reach down to it.

    None for visitors.
    """
    if not user.is_authenticated:
        return frozenset()
    day = on or clock.today()
    above = CenterAncestor.objects.on(day).filter(center=center).values("ancestor")
    return frozenset(
        Role(role)
        for role in CenterRole.objects.on(day).filter(user=user, center__in=above).values_list("role", flat=True)
    )


def roles_at_each(user: Viewer, centers: Collection[int]) -> dict[int, set[Role]]:
    """Roles `user` holds today at each of these centers, by id; none is left out. None for visitors."""
    held: dict[int, set[Role]] = {center: set() for center in centers}
    if user.is_authenticated:
        day = clock.today()
        mine = CenterRole.objects.on(day).filter(user=user)
        above = CenterAncestor.objects.on(day).filter(center__in=centers, ancestor__roles__in=mine)
        for center, role in above.values_list("center", "ancestor__roles__role"):
            held[center].add(Role(role))
    return held


def scope(user: Viewer, roles: Collection[Role], on: dt.date | None = None) -> CenterQuerySet:
    """Centers where `user` holds one of `roles`, as a lazy queryset.

    For use in `visible_to`, it costs no query of its own.
    """
    if not user.is_authenticated:
        return Center.objects.none()
    day = on or clock.today()
    held = CenterRole.objects.on(day).filter(user=user, role__in=roles).values("center")
    return Center.objects.filter(pk__in=CenterAncestor.objects.on(day).filter(ancestor__in=held).values("center"))


def works_nearest(user: User, center: str) -> Exists:
    """Condition: `user` works for the center at the end of the path `center`, and nobody works nearer to it.

    At a center without staff of its own that is whoever works right above.
    """
    day = clock.today()
    posts = CenterRole.objects.on(day).filter(role__in=WORKING)
    above = CenterAncestor.objects.on(day)
    nearer = above.filter(center=OuterRef("center"), depth__lt=OuterRef("depth"), ancestor__roles__in=posts)
    mine = above.filter(center=OuterRef(center), ancestor__in=posts.filter(user=user).values("center"))
    return Exists(mine.filter(~Exists(nearer)))


def visible_centers(user: Viewer) -> CenterQuerySet:
    """Centers whose page `user` may see: public ones, and those that `user` works for. A lazy queryset."""
    if not user.is_authenticated:
        return Center.objects.public()
    return Center.objects.filter(Q(status__in=PUBLIC) | Q(pk__in=scope(user, WORKING)))


def has_any_role(user: Viewer) -> bool:
    """Whether `user` works anywhere in the network today."""
    return user.is_authenticated and CenterRole.objects.on(clock.today()).filter(user=user).exists()


def first_managed(user: Viewer) -> str:
    """Code of the first center, in the register's order, whose hours and roles `user` may set; "" if there is none."""
    if not user.is_authenticated:
        return ""
    held = CenterRole.objects.on(clock.today()).filter(user=user, role__in=MANAGING)
    return held.order_by("center__order", "center__code").values_list("center__code", flat=True).first() or ""


def managed_center(user: Viewer, code: str) -> Center:
    """Load the center with this code for a user who manages it.

    Raises Http404 outside the user's subtree, PermissionDenied inside it without a managing role.
    """
    within = scope(user, WORKING).select_related("level")
    center: Center = get_object_or_404(within, code=code)
    if roles_at(user, center).isdisjoint(MANAGING):
        raise PermissionDenied
    return center
