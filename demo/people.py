"""The demo's people: one account a role to sign in with, and residents who book. Role names only, numbers that nobody can have."""

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts import services as accounts
from accounts.models import User
from centers import services as centers
from centers.choices import Role
from centers.models import CenterRole
from common import clock
from demo import scripts
from demo.network import Network

RESIDENTS = 40


@dataclasses.dataclass(frozen=True)
class Person:
    """A resident of the demo, as the rows of a booking need them."""

    pk: int
    name: str
    phone: str


@dataclasses.dataclass(frozen=True)
class Cast:
    """Who plays. `resident` is the one to sign in as; `others` book the rest; `deciders` are staff by the center they work at."""

    resident: Person
    others: Sequence[Person]
    deciders: dict[int, int]

    def decider(self, lineage: Sequence[int]) -> int:
        """The demo's staff nearest to a center whose lineage (itself up to the top) is given."""
        return next((self.deciders[center] for center in lineage if center in self.deciders), next(reversed(self.deciders.values())))


def assemble(network: Network, first_day: dt.date) -> Cast:
    """Find the demo's people, or make those that are missing; roles hold from `first_day`. An account that is there stays as it is."""
    residents = _residents()
    places = {"home": network.home, "above": network.above, "top": network.top}
    deciders: dict[int, int] = {}
    for row in scripts.rows("people"):
        if row["role"]:
            center = places[row["place"]]
            user = _staff(row, center, first_day)
            deciders[center.pk] = user.pk
    return Cast(residents[0], residents[1:], deciders)


def _residents() -> list[Person]:
    """All of them, the one to sign in as first; numbered on from the first row of `people.csv`."""
    first = scripts.rows("people")[0]
    wanted = {f"{first['username'][:-2]}{n:02d}": n for n in range(1, RESIDENTS + 1)}
    known = set(User.objects.filter(username__in=wanted).values_list("username", flat=True))
    now, unusable = clock.now(), make_password(None)
    User.objects.bulk_create(
        User(
            username=username,
            name=f"{first['name'][:-2]}{n:02d}",
            phone=f"{int(first['phone']) + n - 1}",
            phone_verified_at=now,
            password=unusable,
            is_demo=True,
            date_joined=now,
        )
        for username, n in wanted.items()
        if username not in known
    )
    found = User.objects.filter(username__in=wanted).order_by("username")
    return [Person(user.pk, user.name, user.phone or first["phone"]) for user in found]


def _staff(row: scripts.Row, center: Any, first_day: dt.date) -> User:
    user = User.objects.filter(username=row["username"]).first()
    if user is None:
        user = accounts.create_staff(
            username=row["username"], password=row["password"], name=row["name"], password_lasts=True, is_demo=True
        )
        centers.grant_role(actor=None, user=user, center=center, role=Role(row["role"]), first=first_day)
    return user


def sign_ins() -> list[scripts.Row]:
    """The accounts that are there to sign in with: `people.csv` with the place each works at. Two queries."""
    there = set(User.objects.filter(is_demo=True, is_active=True).values_list("username", flat=True))
    held = CenterRole.objects.on(clock.today()).filter(user__is_demo=True)
    places = dict(held.values_list("user__username", "center__name"))
    return [{**row, "center": places.get(row["username"], "")} for row in scripts.rows("people") if row["username"] in there]
