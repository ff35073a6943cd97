"""Organisations for the centers around the home center, with liaisons: one founded, dissolved and moved lately each.

Once: where the demo has any already, or a center has some of its own, nothing is added.
"""

import datetime as dt
from collections.abc import Iterable

from django.db.backends.postgresql.psycopg_any import DateRange

from demo.services.network import Network
from demo.values import samples
from organizations.models import Liaison, Organization, OrganizationCenter
from organizations.services.organizations import english_fields

# A range of numbers that no carrier has, away from that of the demo's residents.
FIRST_PHONE = 19909990001
DAY = dt.timedelta(days=1)
Made = dict[tuple[int, str], Organization]


def create_organizations(network: Network, today: dt.date) -> int:
    """Create the organisations of `organizations.csv`; dates are reckoned back from `today`. Returns how many."""
    if Organization.objects.filter(is_demo=True).exists():
        return 0
    taken = set(OrganizationCenter.objects.values_list("center_id", flat=True))
    made: Made = {}
    for row in samples.rows("organizations"):
        centers = [pk for pk in _centers_of(network, row["place"]) if pk not in taken]
        english = english_fields(row["name"], "")
        created = Organization.objects.bulk_create(
            Organization(
                name=row["name"],
                short_name=row["short_name"],
                type=row["type"],
                field_of_work=row["field_of_work"],
                parent=_parent(network, made, pk, row["parent"]),
                founded_on=_days_before(today, row["founded_days"]),
                dissolved_on=_days_before(today, row["dissolved_days"]),
                is_demo=True,
                **english,
            )
            for pk in centers
        )
        made |= {(pk, row["name"]): organization for pk, organization in zip(centers, created, strict=True)}
        moved_on = _days_before(today, row["moved_days"])
        OrganizationCenter.objects.bulk_create(
            placement
            for pk, organization in zip(centers, created, strict=True)
            for placement in _placements(network, organization, pk, moved_on)
        )
    _save_liaisons(made.values())
    return len(made)


def _centers_of(network: Network, place: str) -> list[int]:
    """Ids of the centers of one kind of place; leaves are those beside home and one of each branch, others the rest."""
    hubs = [pk for pk in network.centers if network.is_hub(pk) and pk != network.top.pk]
    if place == "top":
        return [network.top.pk]
    if place == "home":
        return [network.home.pk]
    if place == "hub":
        return hubs
    beside = network.children.get(network.path[-2], []) if len(network.path) > 1 else []
    first = [network.children[hub][0] for hub in hubs]
    lowest = [pk for pk in network.centers if not network.is_hub(pk) and pk != network.top.pk]
    leaves = {*beside, *first}.intersection(lowest)
    return [pk for pk in lowest if (pk in leaves) == (place == "leaf")]


def _parent(network: Network, made: Made, center: int, name: str) -> Organization | None:
    """Organisation of that name at the center, or the nearest above it."""
    above = {child: parent for parent, children in network.children.items() for child in children}
    here: int | None = center
    while name and here is not None:
        if found := made.get((here, name)):
            return found
        here = above.get(here)
    return None


def _placements(
    network: Network, organization: Organization, center: int, moved_on: dt.date | None
) -> Iterable[OrganizationCenter]:
    """Places of an organisation: its center, or until a day the next one beside it."""
    beside = [pk for pk in _centers_of(network, "leaf") if pk != center]
    if moved_on is None or not beside:
        return [OrganizationCenter(organization=organization, center_id=center, valid=DateRange(None, None, "[)"))]
    return [
        OrganizationCenter(organization=organization, center_id=beside[0], valid=DateRange(None, moved_on, "[)")),
        OrganizationCenter(organization=organization, center_id=center, valid=DateRange(moved_on, None, "[)")),
    ]


def _save_liaisons(organizations: Iterable[Organization]) -> None:
    Liaison.objects.bulk_create(
        Liaison(organization=organization, name=f"演示联络员{number:02d}", phone=str(FIRST_PHONE + number - 1))
        for number, organization in enumerate(organizations, start=1)
        if organization.dissolved_on is None
    )


def _days_before(today: dt.date, days: str) -> dt.date | None:
    return today - int(days) * DAY if days else None
