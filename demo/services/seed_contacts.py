"""Phones, addresses and staff of the demo's centers, for centers that have just got their rooms.

The numbers begin with 0573-0000, which nobody has; the addresses are in a street 演示路, which isn't there. Some
centers lack one or the other, as some always do.
"""

import datetime as dt
from collections.abc import Sequence

from django.contrib.auth.hashers import make_password
from django.db.backends.postgresql.psycopg_any import DateRange

from accounts.models import User
from centers.choices import WORKING, Role
from centers.models import Center, CenterRole
from centers.values.names import short_name
from common import clock
from demo.services.network import Network

# One leaf in so many lacks it.
NO_PHONE, NO_ADDRESS, NO_STAFF = 9, 7, 23
BATCH = 500


def add_contacts(network: Network, bare: Sequence[Center]) -> None:
    """Give phone and address to those of the centers that have neither."""
    order = {pk: n for n, pk in enumerate(network.centers, start=1)}
    lineages = network.lineages()
    changed = []
    for center in bare:
        n, lineage = order[center.pk], lineages[center.pk]
        if center.phone or center.address:
            continue
        branch = network.centers[lineage[-2] if len(lineage) > 1 else lineage[0]]
        center.phone = "" if _lacks(network, center, n, NO_PHONE) else f"0573-0000{n % 10_000:04d}"
        place = f"{short_name(branch.name)}演示路{n}号（演示）"
        center.address = "" if _lacks(network, center, n, NO_ADDRESS) else place
        changed.append(center)
    Center.objects.bulk_update(changed, ["phone", "address"], batch_size=BATCH)


def add_staff(network: Network, bare: Sequence[Center], first_day: dt.date) -> None:
    """Give a member of staff to those of the centers where nobody works; nobody can sign in as one of them."""
    order = {pk: n for n, pk in enumerate(network.centers, start=1)}
    held = CenterRole.objects.on(clock.today()).filter(role__in=WORKING)
    staffed = {*held.values_list("center_id", flat=True), *network.path}
    wanted = {
        f"demo-staff-{order[center.pk]:03d}": center
        for center in bare
        if center.pk not in staffed and not _lacks(network, center, order[center.pk], NO_STAFF)
    }
    taken = set(User.objects.filter(username__in=wanted).values_list("username", flat=True))
    now, unusable = clock.now(), make_password(None)
    people = User.objects.bulk_create(
        User(
            username=username,
            name=f"演示站点人员{username[-3:]}",
            password=unusable,
            is_demo=True,
            date_joined=now,
        )
        for username in wanted
        if username not in taken
    )
    CenterRole.objects.bulk_create(
        CenterRole(user=person, center=wanted[person.username], role=Role.STAFF, valid=DateRange(first_day, None))
        for person in people
    )


def _lacks(network: Network, center: Center, n: int, one_in: int) -> bool:
    """Whether this one is among those that lack something: never the head of others, nor the demo's home."""
    return n % one_in == 0 and not network.is_hub(center.pk) and center.pk != network.home.pk
