"""Where people say they are: the centers to search from, and why another one counts as near. One query."""

import dataclasses
from collections import defaultdict
from typing import NamedTuple

from django.db.models import FilteredRelation, Q
from django.utils.html import format_html
from django.utils.translation import gettext as _

from centers.models import Center, Level
from centers.names import short_name
from centers.nearness import Near, Why
from common import clock
from common.templatetags.pieces import zh

# A list longer than this is no use in a select: lower levels are left out of it, as long as they are not the chosen one.
LONGEST_LIST = 400


class Place(NamedTuple):
    id: int
    code: str
    name: str
    level: str
    parent_id: int | None


@dataclasses.dataclass(frozen=True)
class Group:
    """Places under one heading: a branch of the network with all that stands below its head."""

    head: str
    places: list[Place]


class Places:
    """The public centers in the register's order, those of the upper levels alone where there are too many for a list."""

    def __init__(self, chosen: str = "") -> None:
        """`chosen`: the code somebody searches from; always among the places if it is a public center's."""
        parents = FilteredRelation("parent_rows", condition=Q(parent_rows__valid__contains=clock.today()))
        centers = Center.objects.public().annotate(now=parents).order_by("order", "code")
        rows = list(centers.values_list("id", "code", "name", "level_id", "now__parent_id", "level__rank", "level__name", "level__name_en"))
        lowest = _lowest_rank([rank for *_place, rank, _name, _name_en in rows])
        self.total = len(rows)
        self.by_id: dict[int, Place] = {}
        self.chosen: Place | None = None
        self.chosen_level: Level | None = None
        for pk, code, name, level, parent, rank, *level_names in rows:
            if rank > lowest and code != chosen:
                continue
            self.by_id[pk] = Place(pk, code, short_name(name), level, parent)
            if code == chosen:
                self.chosen = self.by_id[pk]
                # For its words alone: they are in the active language.
                self.chosen_level = Level(code=level, name=level_names[0], name_en=level_names[1])

    @property
    def codes(self) -> set[str]:
        return {place.code for place in self.by_id.values()}

    def groups(self) -> list[Group]:
        """The places by branch: first the top with what is its own, then each branch that has places of its own."""
        branches: dict[int, list[Place]] = defaultdict(list)
        for place in self.by_id.values():
            branches[self._branch_of(place)].append(place)
        alone = [place for head, places in branches.items() if len(places) == 1 or head not in self.by_id for place in places]
        named = [Group(self.by_id[head].name, places) for head, places in branches.items() if len(places) > 1 and head in self.by_id]
        return [Group("", alone), *named] if alone else named

    def _branch_of(self, place: Place) -> int:
        """The place below the top under which this one stands; itself at the top."""
        while place.parent_id in self.by_id and self.by_id[place.parent_id].parent_id in self.by_id:
            place = self.by_id[place.parent_id]
        return place.id

    def why(self, near: Near, lineage: list[int]) -> str:
        """Why a room whose lineage this is counts as near to the chosen place, in a few words; nothing where none was chosen."""
        if self.chosen is None:
            return ""
        if near.why == Why.BELOW:
            return self._same(self.chosen_level) if self.chosen.parent_id else ""
        if near.why == Why.ABOVE and near.branch is not None and self._has_parent(lineage[0]):
            return self._same(near.branch)
        if near.why == Why.OTHER and near.branch is not None:
            branch = next((self.by_id[pk] for pk in lineage if pk in self.by_id and self.by_id[pk].level == near.branch.code), None)
            if branch:
                return format_html(_("In {place}"), place=zh(branch.name))
        return near.words

    def _has_parent(self, center_id: int) -> bool:
        return center_id in self.by_id and self.by_id[center_id].parent_id is not None

    @staticmethod
    def _same(level: Level | None) -> str:
        return _("Same %(level)s") % {"level": str(level).lower()} if level else ""


def _lowest_rank(ranks: list[int]) -> int:
    """The rank down to which all levels fit the list; at least the top one."""
    lowest = 0
    for rank in sorted(set(ranks)):
        if lowest and sum(one <= rank for one in ranks) > LONGEST_LIST:
            break
        lowest = rank
    return lowest
