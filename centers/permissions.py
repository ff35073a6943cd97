"""Who may do what with the network: roles mapped to verbs, all resolved by `centers.access`. Reads only.

None as actor is the system itself (a command, an import), which may do all; a visitor is an AnonymousUser and may do nothing.
"""

from typing import Any

from centers.access import roles_at
from centers.choices import MANAGING, WORKING, Role
from centers.models import Center

# A role may be granted by those who hold one at least as high at the same center or above it.
RANK = {Role.STAFF: 0, Role.MANAGER: 1, Role.ADMIN: 2}


def can_work(actor: Any, center: Center | int) -> bool:
    """The daily work of a center: staff, managers and administrators of it or of one above."""
    return actor is None or not roles_at(actor, center).isdisjoint(WORKING)


def can_manage(actor: Any, center: Center | int) -> bool:
    """Hours, exceptions and roles of a center: managers and administrators of it or of one above."""
    return actor is None or not roles_at(actor, center).isdisjoint(MANAGING)


def can_administer(actor: Any, center: Center | int | None) -> bool:
    """Adding, moving and closing centers: administrators. A new top of the network (None) is the system's alone."""
    return actor is None or (center is not None and Role.ADMIN in roles_at(actor, center))


def grantable_roles(actor: Any, center: Center | int) -> list[Role]:
    """The roles `actor` may grant and end at `center`: none above the highest of their own there. One query."""
    held = set(Role) if actor is None else roles_at(actor, center)
    if held.isdisjoint(MANAGING):
        return []
    highest = max(RANK[role] for role in held)
    return [role for role in Role if RANK[role] <= highest]
