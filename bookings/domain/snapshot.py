"""Snapshot of the network with its rooms: spaces and booking policies beside what `centers.domain.snapshot` caches."""

import dataclasses
import datetime as dt
from functools import cached_property, lru_cache

from bookings.domain import policies
from bookings.domain.rooms import Room, public_rooms
from bookings.values.policy import Policy
from centers.domain.snapshot import NetworkSnapshot, Version
from centers.models import CenterAncestor

SPACES = "spaces"

Versions = tuple[Version, Version]


@dataclasses.dataclass(frozen=True)
class Snapshot(NetworkSnapshot):
    """Network, rooms and policies as they stand at one moment."""

    @cached_property
    def network_and_spaces(self) -> Versions:
        return self.network, self.version(SPACES)

    @cached_property
    def rooms(self) -> tuple[Room, ...]:
        """Every space residents may book."""
        return _rooms(self.network_and_spaces)

    def policies_on(self, day: dt.date) -> dict[int, tuple[Policy, list[int]]]:
        """Policy and lineage of every space on a day: by the tree as it stands that day, as far as that is known."""
        changes = [change for change in _tree_changes(self.network, self.today) if change <= day]
        return _policies(self.network_and_spaces, changes[-1] if changes else self.today)


@lru_cache(maxsize=4)
def _rooms(versions: Versions) -> tuple[Room, ...]:
    return tuple(public_rooms())


@lru_cache(maxsize=4)
def _tree_changes(version: Version, today: dt.date) -> tuple[dt.date, ...]:
    """The days after today on which a center moves, in order."""
    begins = CenterAncestor.objects.filter(valid__startswith__gt=today).order_by("valid__startswith")
    return tuple(begins.values_list("valid__startswith", flat=True).distinct())


@lru_cache(maxsize=8)
def _policies(versions: Versions, day: dt.date) -> dict[int, tuple[Policy, list[int]]]:
    return policies.resolve(on=day)
