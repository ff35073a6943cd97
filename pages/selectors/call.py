"""The center to call: the one somebody looks from, else the nearest above it that has a phone."""

import dataclasses

from centers.domain.hours import OpenState
from centers.domain.snapshot import ListedCenter, NetworkSnapshot
from centers.models import Center
from centers.selectors.near_choices import NearChoices


@dataclasses.dataclass(frozen=True)
class CallCard:
    """A center with its phone and open state; `phone` is blank where neither it nor any above it has one."""

    center: Center
    state: OpenState

    @property
    def phone(self) -> str:
        return self.center.phone


def call_card(places: NearChoices) -> CallCard | None:
    """The center to call: of the chosen one and those above it, or at the top, the nearest with a phone.

    None where there is no center. One query besides those of the snapshot.
    """
    lineage = _lineage(places.snapshot, places.chosen)
    centers = Center.objects.in_bulk([one.id for one in lineage])
    nearest = [centers[one.id] for one in lineage if one.id in centers]
    center = next((one for one in nearest if one.phone), nearest[0] if nearest else None)
    return CallCard(center, places.snapshot.open_states([center.pk])[center.pk]) if center else None


def _lineage(snapshot: NetworkSnapshot, chosen: ListedCenter | None) -> list[ListedCenter]:
    """The chosen center and those above it, upwards; the top where none is chosen."""
    by_id = {center.id: center for center in snapshot.centers}
    here = chosen or next((one for one in snapshot.centers if one.parent_id not in by_id), None)
    lineage = []
    while here is not None and here not in lineage:
        lineage.append(here)
        here = by_id.get(here.parent_id or 0)
    return lineage
