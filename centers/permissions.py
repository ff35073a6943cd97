"""Permissions on the network: roles mapped to actions, all resolved by `centers.access`. Reads only.

None as actor is the system itself (a command, an import), which may do all; a visitor is an AnonymousUser and may do
nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Set

from accounts.models import User
from centers.access import Actor, roles_at, roles_at_each
from centers.choices import MANAGING, Role
from centers.models import Center, CenterRole
from common import clock

# A role may be granted by those who hold one at least as high at the same center or above it.
RANK = {Role.STAFF: 0, Role.MANAGER: 1, Role.ADMIN: 2}


def can_manage(actor: Actor, center: Center | int) -> bool:
    """Whether `actor` may set hours, special days and roles of a center: managers and administrators of it or above."""
    return actor is None or not roles_at(actor, center).isdisjoint(MANAGING)


def can_administer(actor: Actor, center: Center | int | None) -> bool:
    """Whether `actor` may add, move and close centers: administrators; a new top (None) is the system's alone."""
    return actor is None or (center is not None and Role.ADMIN in roles_at(actor, center))


def grantable_roles(actor: Actor, center: Center | int) -> list[Role]:
    """Roles `actor` may grant and end at `center`: none above the highest of their own there."""
    return _grantable(set(Role) if actor is None else roles_at(actor, center))


def can_give_password(actor: Actor, person: User) -> bool:
    """Whether `actor` may set a new password for `person`, as `givable_passwords` says."""
    return person.pk in givable_passwords(actor, [person])


def givable_passwords(actor: Actor, people: Collection[User]) -> set[int]:
    """Ids of those among `people` for whom `actor` may set a new password: whose every role they may grant.

    Roles held now or in future count. Whoever knows somebody's password can be that person, so it takes the same right
    as making them what they are. Nobody does it for oneself, for a superuser, or for people who work nowhere. Two
    queries, however many people.
    """
    given = [
        person.pk for person in people if person != actor and person.can_be_given_password and not person.is_superuser
    ]
    posts = defaultdict(set)
    for user, center, role in (
        CenterRole.objects.not_over(clock.today()).filter(user__in=given).values_list("user", "center", "role")
    ):
        posts[user].add((center, Role(role)))
    centers = {center for held in posts.values() for center, _role in held}
    own = {center: set(Role) for center in centers} if actor is None else roles_at_each(actor, centers)
    return {user for user, held in posts.items() if all(role in _grantable(own[center]) for center, role in held)}


def _grantable(held: Set[Role]) -> list[Role]:
    """Roles that holders of these roles at a center may grant there."""
    if held.isdisjoint(MANAGING):
        return []
    highest = max(RANK[role] for role in held)
    return [role for role in Role if RANK[role] <= highest]
