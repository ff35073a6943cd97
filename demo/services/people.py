"""Demo accounts: one a role to sign in with, and residents who book.

They have role names only, and phone numbers that nobody can have.
"""

import dataclasses
import datetime as dt
import random
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db.models import Count
from django.db.models.functions import TruncMonth

from accounts.models import User
from accounts.services import people as accounts
from bookings.choices import COUNTING
from bookings.models import Booking, Space
from centers.choices import Role
from centers.models import CenterRole
from centers.services import roles as centers
from common import clock
from demo.services.network import Network
from demo.services.seed_rooms import TOP_POLICY
from demo.values import samples

# A room has some thirty uses a month: so many residents share them that half of each one's monthly quota is left,
# and whoever signs in as one of them can book at once.
RESIDENTS_A_ROOM, FEWEST_RESIDENTS = 8, 40
MOST_A_MONTH = TOP_POLICY["quota_count"] // 2


@dataclasses.dataclass(frozen=True)
class Person:
    """A demo resident, with the columns that a booking's rows need."""

    pk: int
    name: str
    phone: str


class Residents:
    """Demo residents, drawn at random as bookers; nobody gets more than `MOST_A_MONTH`, unless all have as many."""

    def __init__(self, found: Sequence[Person]) -> None:
        self._people = found
        self._booked: Counter[tuple[int, int, int]] = Counter()

    def first(self, count: int) -> Sequence[Person]:
        """The first of them, in their order."""
        return self._people[:count]

    def count_booked(self, first: dt.date, last: dt.date) -> None:
        """Count their bookings in the months from `first` to `last`, the demo's and their own."""
        since, until = (
            clock.midnight(first.replace(day=1)),
            clock.midnight((last.replace(day=1) + dt.timedelta(days=31)).replace(day=1)),
        )
        booked = Booking.objects.filter(
            booker__is_demo=True, status__in=COUNTING, starts_at__gte=since, starts_at__lt=until
        )
        months = booked.values_list("booker_id", TruncMonth("starts_at", tzinfo=clock.SHANGHAI)).annotate(Count("pk"))
        self._booked = Counter({(booker, month.year, month.month): count for booker, month, count in months.order_by()})

    def draw(self, rng: random.Random, day: dt.date) -> Person:
        """Draw the booker for `day`: a random resident, or the next in order with a booking left that month."""
        named, number = rng.randrange(len(self._people)), len(self._people)
        for step in range(number):
            person = self._people[(named + step) % number]
            if self._booked[person.pk, day.year, day.month] < MOST_A_MONTH:
                break
        self._booked[person.pk, day.year, day.month] += 1
        return person


@dataclasses.dataclass(frozen=True)
class DemoPeople:
    """People of the demo: `resident` to sign in as, `others` who book the rest, staff (`deciders`) by their center."""

    resident: Person
    others: Residents
    deciders: dict[int, int]

    def decider(self, lineage: Sequence[int]) -> int:
        """Id of the demo's staff member nearest to a center, given its lineage (itself up to the top)."""
        return next(
            (self.deciders[center] for center in lineage if center in self.deciders),
            next(reversed(self.deciders.values())),
        )


def find_or_create(network: Network, first_day: dt.date) -> DemoPeople:
    """Find the demo's people, or create those that are missing; roles hold from `first_day`.

    An account that is there stays as it is.
    """
    residents = _residents()
    places = {"home": network.home, "above": network.above, "top": network.top}
    deciders: dict[int, int] = {}
    for row in samples.rows("people"):
        if row["role"]:
            center = places[row["place"]]
            user = _staff(row, center, first_day)
            deciders[center.pk] = user.pk
    return DemoPeople(residents[0], Residents(residents[1:]), deciders)


def residents_for(rooms: int) -> int:
    """Number of residents for this number of rooms."""
    return max(FEWEST_RESIDENTS, rooms * RESIDENTS_A_ROOM)


def _residents() -> list[Person]:
    """Find or create all residents, the one to sign in as first; numbered on from the first row of `people.csv`."""
    first = samples.rows("people")[0]
    stem = first["username"][:-2]
    wanted = {f"{stem}{n:02d}": n for n in range(1, residents_for(Space.objects.public().count()) + 1)}
    known = set(User.objects.filter(username__startswith=stem).values_list("username", flat=True))
    now, unusable = clock.now(), make_password(None)
    missing = [
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
    ]
    if missing:
        # Somebody may have signed in with one of these numbers before: it stays theirs.
        User.objects.bulk_create(missing, ignore_conflicts=True)
    found = [user for user in User.objects.filter(username__startswith=stem) if user.username in wanted]
    found.sort(key=lambda user: wanted[user.username])
    return [Person(user.pk, user.name, user.phone or first["phone"]) for user in found]


def _staff(row: samples.Row, center: Any, first_day: dt.date) -> User:
    user = User.objects.filter(username=row["username"]).first()
    if user is None:
        user = accounts.create_staff(
            username=row["username"], password=row["password"], name=row["name"], password_lasts=True, is_demo=True
        )
        centers.grant_role(actor=None, user=user, center=center, role=Role(row["role"]), first=first_day)
    return user


def sign_ins() -> list[samples.Row]:
    """Rows of `people.csv` whose accounts exist, each with the center it was made for."""
    there = set(User.objects.filter(is_demo=True, is_active=True).values_list("username", flat=True))
    held = CenterRole.objects.on(clock.today()).filter(user__is_demo=True)
    # The first role of each is written last: others may have been granted since.
    places = dict(held.order_by("-pk").values_list("user__username", "center__name"))
    return [
        {**row, "center": places.get(row["username"], "")} for row in samples.rows("people") if row["username"] in there
    ]
