"""Hierarchy of organisations: which type leads which, and who stands below whom."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Mapping

from organizations import exceptions as refused
from organizations.choices import PARTY, OrganizationType
from organizations.models import Organization


def leads(above: str, below: str) -> bool:
    """Whether organisations of type `above` lead those of type `below` (see `organizations.choices.PARTY`)."""
    if above not in PARTY:
        return False
    if below not in PARTY or above == below == OrganizationType.COMMITTEE:
        return True
    return PARTY.index(OrganizationType(above)) < PARTY.index(OrganizationType(below))


@dataclasses.dataclass(frozen=True)
class Place:
    """Place of an organisation in the hierarchy."""

    type: str
    parent_id: int | None
    is_dissolved: bool = False


class Hierarchy:
    """All organisations by id, as they stand or as they would once a sheet is imported."""

    def __init__(self, places: Mapping[int, Place]) -> None:
        self.places: dict[int, Place] = {}
        self._children: dict[int | None, set[int]] = defaultdict(set)
        for pk, place in places.items():
            self.put(pk, place)

    @classmethod
    def load(cls) -> "Hierarchy":
        """Load the hierarchy. One query."""
        rows = Organization.objects.values_list("pk", "type", "parent_id", "dissolved_on")
        return cls({pk: Place(type_, parent, dissolved is not None) for pk, type_, parent, dissolved in rows})

    def put(self, pk: int, place: Place) -> None:
        """Put an organisation into its place, out of the one it had."""
        if before := self.places.get(pk):
            self._children[before.parent_id].discard(pk)
        self.places[pk] = place
        self._children[place.parent_id].add(pk)

    def check(self, pk: int) -> None:
        """Raise unless organisation `pk` may stand where it does, and those below it below it.

        Raises ParentDissolved, ParentCannotLead, ParentBelow, CannotLeadBelow.
        """
        place = self.places[pk]
        if place.parent_id is not None:
            above = self.places[place.parent_id]
            if above.is_dissolved and not place.is_dissolved:
                raise refused.ParentDissolved
            if pk in self._above(pk):
                raise refused.ParentBelow
            if not leads(above.type, place.type):
                raise refused.ParentCannotLead(
                    parent=OrganizationType(above.type).label, child=OrganizationType(place.type).label
                )
        if not all(leads(place.type, child.type) for child in self._below(pk)):
            raise refused.CannotLeadBelow

    def count_below(self, pk: int) -> int:
        """Count the organisations directly below `pk` that aren't dissolved."""
        return sum(not child.is_dissolved for child in self._below(pk))

    def _below(self, pk: int) -> Iterator[Place]:
        return (self.places[child] for child in self._children[pk])

    def _above(self, pk: int) -> set[int]:
        """Ids of all above `pk`; itself among them where it stands below itself."""
        found: set[int] = set()
        above = self.places[pk].parent_id
        while above is not None and above not in found:
            found.add(above)
            above = self.places[above].parent_id
        return found
