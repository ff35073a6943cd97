"""Demo's view of the network: its top, its branches, and the home center of the demo's staff, in any tree."""

import dataclasses
import datetime as dt
from collections import defaultdict

from centers.models import Center, CenterParent


@dataclasses.dataclass(frozen=True)
class Network:
    """The centers in the register's order.

    `path` leads from the first top down, always by the first child, to the home center.
    """

    centers: dict[int, Center]
    children: dict[int, list[int]]
    path: list[int]

    @property
    def home(self) -> Center:
        return self.centers[self.path[-1]]

    @property
    def above(self) -> Center:
        """The first branch below the top: a town here, a county in a province."""
        return self.centers[self.path[min(1, len(self.path) - 1)]]

    @property
    def top(self) -> Center:
        return self.centers[self.path[0]]

    def is_hub(self, center_id: int) -> bool:
        """Whether the center has children."""
        return bool(self.children.get(center_id))

    def lineages(self) -> dict[int, list[int]]:
        """Each center with those above it, itself first, up to the top."""
        parents = {child: parent for parent, children in self.children.items() for child in children}
        found: dict[int, list[int]] = {}
        for pk in self.centers:
            found[pk] = [pk]
            while found[pk][-1] in parents:
                found[pk].append(parents[found[pk][-1]])
        return found

    def below(self, center_id: int) -> set[int]:
        """A center with all that stands below it."""
        found, waiting = set(), [center_id]
        while waiting:
            found.add(center := waiting.pop())
            waiting += self.children.get(center, ())
        return found


def load(on: dt.date) -> Network | None:
    """Load the network of the day; None while there is no center."""
    centers = {center.pk: center for center in Center.objects.public().in_register_order()}
    parents = dict(CenterParent.objects.on(on).values_list("center_id", "parent_id"))
    children: dict[int, list[int]] = defaultdict(list)
    for pk in centers:
        if parents.get(pk) in centers:
            children[parents[pk]].append(pk)
    tops = [pk for pk in centers if parents.get(pk) not in centers]
    if not tops:
        return None
    path = [max(tops, key=lambda pk: bool(children.get(pk)))]
    while children.get(path[-1]):
        below = children[path[-1]]
        path.append(max(below, key=lambda pk: bool(children.get(pk))))
    return Network(centers, dict(children), path)
