"""Rooms, hours and policies for centers that have no room yet.

What people set up, or removed from a center with rooms, stays as it is.
"""

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from bookings.choices import ConfirmMode
from bookings.models import BookingPolicy, Cell, Space
from centers.choices import DayKind
from centers.models import Center, WeeklyHours
from centers.services import hours as centers
from demo.services.network import Network
from demo.values import samples

# The city's policy; the sources are those of the defaults in `bookings.domain.policies`. Each person may book
# more often than there, so that whoever tries the demo isn't stopped on the first afternoon.
TOP_POLICY: dict[str, Any] = {
    "notice_workdays": 0,
    "horizon_days": 30,
    "longest_minutes": 240,
    "turnaround_minutes": 30,
    "quota_count": 12,
    "confirm_mode": ConfirmMode.INSTANT,
    "decide_workdays": 1,
    "cancel_hours": 24,
}
HALL_POLICY = {"confirm_mode": ConfirmMode.STAFF, "notice_workdays": 1}
# One branch or leaf in so many has hours of its own, in this order of patterns; one leaf in so many rests at noon.
OWN_HOURS = {"evening": 6, "long": 15}
RESTS_AT_NOON = 4


def create_rooms(network: Network) -> list[Center]:
    """Create rooms for every center without one, and with them hours and policies where it has none.

    Returns the centers that got rooms, in the register's order.

    Rooms of the demo that were there before rooms had English names get theirs.
    """
    with_rooms = set(Space.objects.values_list("center_id", flat=True))
    bare = [center for pk, center in network.centers.items() if pk not in with_rooms]
    if bare:
        _save_rooms(network, bare)
        _save_hours(network, bare)
        _save_policies(network, bare)
    _name_in_english()
    return bare


def _rooms_of(network: Network, center: Center) -> list[samples.Row]:
    """Choose a center's rooms: all of its kind for a hub, the first three for the home center, else one to three."""
    place = "hub" if network.is_hub(center.pk) else "leaf"
    pool = [row for row in samples.rows("rooms") if row["place"] == place]
    if place == "hub":
        return pool
    if center.pk == network.home.pk:
        return pool[:3]
    rng = random.Random(center.code)
    chosen = set(rng.sample(range(len(pool)), rng.choice((1, 2, 2, 3))))
    return [row for index, row in enumerate(pool) if index in chosen]


def _save_rooms(network: Network, bare: Iterable[Center]) -> None:
    """Create cells, spaces and their links: a room consists of its own cell, a hall of its parts' cells."""
    plans = [(center, row, f"{center.code} {row['name']}") for center in bare for row in _rooms_of(network, center)]
    halls = {f"{center.code} {row['part_of']}" for center, row, _key in plans if row["part_of"]}
    atoms = [(center, row, key) for center, row, key in plans if key not in halls]
    cells = Cell.objects.bulk_create(Cell(center=center, name=row["name"]) for center, row, _key in atoms)
    made_of: dict[str, list[Cell]] = defaultdict(list)
    for (center, row, key), cell in zip(atoms, cells, strict=True):
        made_of[key].append(cell)
        if row["part_of"]:
            made_of[f"{center.code} {row['part_of']}"].append(cell)
    spaces = Space.objects.bulk_create(_space(center, row) for center, row, _key in plans)
    links = Space.cells.through
    links.objects.bulk_create(
        links(space=space, cell=cell)
        for (_center, _row, key), space in zip(plans, spaces, strict=True)
        for cell in made_of[key]
    )


def _space(center: Center, row: samples.Row) -> Space:
    base = int(row["capacity"])
    size = random.Random(f"{center.code} {row['name']}").choice((0.8, 1, 1, 1.2))
    return Space(
        center=center,
        name=row["name"],
        name_en=row["name_en"],
        area_kind=row["area_kind"],
        capacity=round(base * size),
        equipment=row["equipment"].split(),
    )


def _name_in_english() -> None:
    """Fill in the missing English names of rooms that have the names of the demo's."""
    english = {row["name"]: row["name_en"] for row in samples.rows("rooms")}
    nameless = list(Space.objects.filter(name__in=english, name_en=""))
    for space in nameless:
        space.name_en = english[space.name]
    Space.objects.bulk_update(nameless, ["name_en"], batch_size=1000)


def _save_hours(network: Network, bare: Sequence[Center]) -> None:
    """Set weekly hours: the city's at the top; evenings, long days or a rest at noon at some centers below it."""
    having = set(WeeklyHours.objects.values_list("center_id", flat=True))
    for center in bare:
        pattern = _pattern(network, center)
        if pattern and center.pk not in having:
            centers.set_weekly_hours(actor=None, center=center, week=week(pattern))


def _pattern(network: Network, center: Center) -> str:
    if center.pk == network.top.pk:
        return "top"
    rng = random.Random(f"hours {center.code}")
    for name, one_in in OWN_HOURS.items():
        if rng.randrange(one_in) == 0:
            return name
    is_leaf = not network.is_hub(center.pk) and center.pk != network.home.pk
    return "noon" if is_leaf and rng.randrange(RESTS_AT_NOON) == 0 else ""


def week(pattern: str) -> dict[DayKind, list[tuple[dt.time, dt.time]]]:
    """Weekly hours of a pattern of `hours.csv`."""
    found: dict[DayKind, list[tuple[dt.time, dt.time]]] = defaultdict(list)
    for row in samples.rows("hours"):
        if row["pattern"] == pattern:
            for kind in row["day_kinds"].split():
                found[DayKind(kind)].append((dt.time.fromisoformat(row["opens"]), dt.time.fromisoformat(row["closes"])))
    return found


def _save_policies(network: Network, bare: Sequence[Center]) -> None:
    """Create policies: the city's rules at the top; staff confirmation at every new hall."""
    policies: list[Any] = []
    if network.top in bare and not BookingPolicy.objects.filter(center=network.top).exists():
        policies.append(BookingPolicy(center=network.top, **TOP_POLICY))
    halls = {row["name"] for row in samples.rows("rooms") if row["confirm"] == ConfirmMode.STAFF}
    spaces = Space.objects.filter(center__in=bare, name__in=halls, booking_policy__isnull=True)
    policies += [BookingPolicy(space=space, **HALL_POLICY) for space in spaces]
    BookingPolicy.objects.bulk_create(policies)
