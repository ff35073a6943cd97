"""Choices of the center to search near to, and the reasons why another one counts as near."""

import dataclasses
from collections import Counter, defaultdict
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _

from centers.domain.nearness import Near, Why
from centers.domain.snapshot import ListedCenter, NetworkSnapshot
from centers.models import Level
from common.words.names import zh

# A list longer than this is no use in a select: lower levels are left out of it, as long as they are not the chosen
# one.
LONGEST_LIST = 400


@dataclasses.dataclass(frozen=True)
class PlaceGroup:
    """Optgroup of centers: a branch of the network with all that stands below its head."""

    head: str
    places: list[ListedCenter]


class NearChoices:
    """Choices of a center: the public ones in the register's order.

    Only the upper levels are offered where there are too many for a list.
    """

    def __init__(self, chosen: str = "", snapshot: NetworkSnapshot | None = None) -> None:
        """Load the choices; `chosen` is the code to search from, always among them if it is a public center's."""
        self.snapshot = snapshot or NetworkSnapshot.take()
        lowest = _lowest_rank(Counter(place.level.rank for place in self.snapshot.centers))
        self.by_id = {
            place.id: place for place in self.snapshot.centers if place.level.rank <= lowest or place.code == chosen
        }
        self.chosen = next((place for place in self.by_id.values() if place.code == chosen), None)

    def groups(self) -> list[PlaceGroup]:
        """Choices by branch: first the top with what is its own, then each branch that has places of its own."""
        branches: dict[int, list[ListedCenter]] = defaultdict(list)
        for place in self.by_id.values():
            branches[self._branch_of(place)].append(place)
        alone = [
            place for head, places in branches.items() if len(places) == 1 or head not in self.by_id for place in places
        ]
        named = [
            PlaceGroup(self.by_id[head].shown_name, places)
            for head, places in branches.items()
            if len(places) > 1 and head in self.by_id
        ]
        return [PlaceGroup("", alone), *named] if alone else named

    def options(self, blank: Promise | str) -> list[tuple[str, Any]]:
        """Choices of a select by branch, with `blank` for none of them before all others."""
        choices: list[tuple[str, Any]] = [("", blank)]
        for group in self.groups():
            places = [(place.code, place.shown_name) for place in group.places]
            choices.extend([(group.head, places)] if group.head else places)
        return choices

    def _branch_of(self, place: ListedCenter) -> int:
        """The place below the top under which this one stands; itself at the top."""
        while place.parent_id in self.by_id and self.by_id[place.parent_id].parent_id in self.by_id:
            place = self.by_id[place.parent_id]
        return place.id

    def why(self, near: Near, lineage: list[int]) -> str:
        """Reason why a room with this lineage counts as near to the chosen center, in a few words.

        Empty where none was chosen.
        """
        if self.chosen is None:
            return ""
        if near.why == Why.BELOW:
            return _same(self.chosen.level) if self.chosen.parent_id else ""
        if near.branch is not None and near.why == Why.ABOVE and self._has_parent(lineage[0]):
            return _same(near.branch)
        if near.branch is not None and near.why == Why.OTHER:
            branch = next(
                (self.by_id[pk] for pk in lineage if pk in self.by_id and self.by_id[pk].level == near.branch), None
            )
            if branch:
                return format_html(_("In {place}"), place=zh(branch.shown_name))
        return near.words

    def _has_parent(self, center_id: int) -> bool:
        return center_id in self.by_id and self.by_id[center_id].parent_id is not None


def _same(level: Level) -> str:
    return _("Same %(level)s") % {"level": str(level).lower()}


def _lowest_rank(counts: Counter[int]) -> int:
    """The rank down to which all levels together fit the list; at least the top one."""
    lowest, listed = 0, 0
    for rank in sorted(counts):
        listed += counts[rank]
        if lowest and listed > LONGEST_LIST:
            break
        lowest = rank
    return lowest
