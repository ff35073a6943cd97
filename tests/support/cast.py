"""The people of the permission table and of the browser tests, placed in the real tree.

One of each role, seen from one center.

`center` is the first of the lowest level with a sibling; nothing here knows how many levels or centers there are.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import AnonymousUser
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import User
from centers.choices import Role
from centers.models import Center, CenterParent, CenterRole
from common import clock

ANONYMOUS = "anonymous"
# Residents: the one whose records they are, and another.
RESIDENTS = ("resident", "stranger")
# Who works at the center or above it, and who works beside it: the other subtree.
INSIDE = ("staff", "manager", "town_admin", "city_admin")
OUTSIDE = ("sibling_staff", "sibling_manager", "other_town_admin")
EVERYBODY = (ANONYMOUS, *RESIDENTS, *INSIDE, *OUTSIDE)


@dataclass(frozen=True)
class Cast:
    """`people[role]` for each role of EVERYBODY; the centers they stand at."""

    center: Center
    sibling: Center
    town: Center
    other_town: Center
    city: Center
    people: dict[str, Any]

    def __getitem__(self, role: str) -> Any:
        return self.people[role]


def make_cast() -> Cast:
    """Create one person a role on the register as loaded."""
    center, sibling, town, other_town, city = _places()
    posts = {
        "staff": (center, Role.STAFF),
        "manager": (center, Role.MANAGER),
        "town_admin": (town, Role.ADMIN),
        "city_admin": (city, Role.ADMIN),
        "sibling_staff": (sibling, Role.STAFF),
        "sibling_manager": (sibling, Role.MANAGER),
        "other_town_admin": (other_town, Role.ADMIN),
    }
    people: dict[str, Any] = {ANONYMOUS: AnonymousUser()}
    for number, role in enumerate(RESIDENTS, start=1):
        people[role] = User.objects.create(
            username=role, phone=f"1390000000{number}", phone_verified_at=clock.now(), password=make_password(None)
        )
    for role, (place, post) in posts.items():
        people[role] = User.objects.create(username=role, name=role)
        CenterRole.objects.create(user=people[role], center=place, role=post, valid=DateRange(clock.today(), None))
    return Cast(center, sibling, town, other_town, city, people)


def _places() -> tuple[Center, Center, Center, Center, Center]:
    """A center of the lowest level, one beside it, the one above, one beside that, and the root."""
    parents = dict(CenterParent.objects.on(clock.today()).values_list("center", "parent"))
    for center in Center.objects.public().order_by("-level__rank", "order"):
        town = parents.get(center.pk)
        siblings = [child for child, parent in parents.items() if parent == town and child != center.pk]
        others = [child for child, parent in parents.items() if parent == parents.get(town) and child != town]
        if town in parents and siblings and others:
            root = town
            while root in parents:
                root = parents[root]
            found = Center.objects.in_bulk([siblings[0], town, others[0], root])
            return center, found[siblings[0]], found[town], found[others[0]], found[root]
    raise LookupError("The register holds no center with a sibling below a town with a sibling.")
