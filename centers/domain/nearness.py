"""Nearness of centers, derived from the tree since nobody entered coordinates.

The chosen center, what stands below it, the one above it with its others, then the next one above, and so on to the
whole network; among equals in the register's order. Any number of levels.
"""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centers.models import Center, CenterParent, Level
from common import clock


class Why(models.TextChoices):
    """Relation by which a center is near to the chosen one."""

    HERE = "here", gettext_lazy("This center")
    BELOW = "below", gettext_lazy("Stands below it")
    ABOVE = "above", gettext_lazy("Stands above it")
    SAME = "same", gettext_lazy("Stands under the same center")
    OTHER = "other", gettext_lazy("Farther away")


@dataclasses.dataclass(frozen=True, order=True)
class Near:
    """Rank of a center in the order of nearness, and the reason.

    `branch` is the level at which its lineage leaves the chosen center's own.
    """

    rank: int
    why: Why = dataclasses.field(compare=False)
    branch: Level | None = dataclasses.field(compare=False, default=None)

    @property
    def words(self) -> str:
        """The reason in a few words of the active language."""
        if self.why == Why.ABOVE and self.branch is not None:
            return str(self.branch)
        if self.why == Why.SAME and self.branch is not None:
            return _("Same %(level)s") % {"level": str(self.branch).lower()}
        if self.why == Why.OTHER and self.branch is not None:
            return _("Other %(level)s") % {"level": str(self.branch).lower()}
        return str(self.why.label)


class _Tree:
    """Tree of the network on a day, in memory."""

    def __init__(self, day: dt.date) -> None:
        self.levels = {level.code: level for level in Level.objects.all()}
        self.level_of: dict[int, str] = dict(Center.objects.in_register_order().values_list("id", "level_id"))
        self.parent_of: dict[int, int] = dict(CenterParent.objects.on(day).values_list("center_id", "parent_id"))
        self.children_of: dict[int | None, list[int]] = defaultdict(list)
        for center in self.level_of:
            self.children_of[self.parent_of.get(center)].append(center)
        # Towns with their villages come before single sites beside them: what is of the higher level first, else as
        # registered.
        for children in self.children_of.values():
            children.sort(key=lambda center: self.levels[self.level_of[center]].rank)

    def level(self, center: int) -> Level:
        return self.levels[self.level_of[center]]

    def below(self, center: int) -> Iterator[int]:
        """Descendants of a center in depth-first order."""
        waiting = list(reversed(self.children_of[center]))
        while waiting:
            one = waiting.pop()
            yield one
            waiting.extend(reversed(self.children_of[one]))


def ranked_from(center: Center | int | None, on: dt.date | None = None) -> dict[int, Near]:
    """Nearness of every center to `center` (None: to the network as a whole, in its own order) on a date.

    Three queries. The dict is in order, nearest first. Closed and planned centers are in it too: who may be shown is
    another question.
    """
    tree = _Tree(on or clock.today())
    ranked: dict[int, Near] = {}

    def place(one: int, why: Why, branch: Level | None = None) -> None:
        ranked.setdefault(one, Near(len(ranked), why, branch))

    here = center.pk if isinstance(center, Center) else center
    if here is not None and here in tree.level_of:
        place(here, Why.HERE)
        for one in tree.below(here):
            place(one, Why.BELOW)
        _climb(tree, here, place)
    for root in tree.children_of[None]:
        for one in (root, *tree.below(root)):
            place(one, Why.OTHER, tree.level(root))
    return ranked


def _climb(tree: _Tree, here: int, place: Any) -> None:
    """Place the centers above `here`, each followed by what else stands below it."""
    came_from, steps = here, 0
    while (above := tree.parent_of.get(came_from)) is not None:
        place(above, Why.ABOVE, tree.level(above))
        for child in tree.children_of[above]:
            if child == came_from:
                continue
            # Beside the chosen center itself its siblings are of "the same town"; farther up, or right under the top
            # that all share, whole branches are "another town".
            is_beside = steps == 0 and above in tree.parent_of
            why, branch = (Why.SAME, tree.level(above)) if is_beside else (Why.OTHER, tree.level(child))
            for one in (child, *tree.below(child)):
                place(one, why, branch)
        came_from, steps = above, steps + 1
