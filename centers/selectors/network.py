"""The page of the network: one center in focus, what stands below it in folds, however many levels there are.

A part of the network small enough to be seen at a glance is drawn whole; of a larger one only its next level is, each a
level farther down.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from centers.domain.hours import OpenState
from centers.models import Center, CenterParent, Level
from common import clock

AT_A_GLANCE = 120


@dataclasses.dataclass
class Node:
    """A center with its state, and those below it in the register's order."""

    center: Center
    state: OpenState
    children: list["Node"] = dataclasses.field(default_factory=list)

    def below(self) -> Iterator["Node"]:
        for child in self.children:
            yield child
            yield from child.below()

    def whole(self) -> Iterator["Node"]:
        yield self
        yield from self.below()


@dataclasses.dataclass(frozen=True)
class LevelCount:
    level: Level
    count: int
    open_count: int
    place: int

    @property
    def drawn_as(self) -> int:
        """Number of the square's shade: there are four, and every level below the fourth has the fourth's."""
        return min(self.place, 4)

    @property
    def inset(self) -> int:
        """Margin around the level's square in a drawing of 32 × 32 units: the lower the level, the wider."""
        return min(3 * self.place, 12)

    @property
    def side(self) -> int:
        return 32 - 2 * self.inset


@dataclasses.dataclass(frozen=True)
class Fold:
    """Collapsible part of the network.

    Its head, its squares (none if it is too large for them), and what is listed inside.
    """

    head: Node
    squares: list[Node]
    tiles: list[Node]
    hidden: int
    count: int
    open_count: int
    is_open: bool


@dataclasses.dataclass(frozen=True)
class Network:
    focus: Node | None
    path: list[Node]
    levels: list[LevelCount]
    folds: list[Fold]
    singles: list[Node]
    parts: list[Node]
    count: int
    open_count: int
    tonight_count: int
    found: int


def network(
    centers: Collection[Center],
    states: dict[int, OpenState],
    shown: Collection[int],
    *,
    focus: Center | None,
    narrowed: bool,
    searched: bool,
    parent_of: Mapping[int, int | None] | None = None,
) -> Network:
    """Network below `focus` (None: all), with `shown` the ids that the filters leave.

    `parent_of`: the id of the center that each stands under today (queried where it isn't given);
    `narrowed`: whether filters hide anything; `searched`: whether the folds should stand open, because a name was
    looked for.
    """
    if parent_of is None:
        parent_of = dict(CenterParent.objects.on(clock.today()).values_list("center_id", "parent_id"))
    nodes = _grow(centers, states, parent_of)
    below = {child.center.pk for node in nodes.values() for child in node.children}
    roots = [node for pk, node in nodes.items() if pk not in below]
    chosen = nodes.get(focus.pk) if focus else (roots[0] if len(roots) == 1 else None)
    scope = list(chosen.whole()) if chosen else [node for root in roots for node in root.whole()]
    children = chosen.children if chosen else roots
    keep = set(shown)
    groups = [child for child in children if child.children]
    matching = [group for group in groups if not searched or any(node.center.pk in keep for node in group.whole())]
    folds = [_fold(group, keep, is_open=searched or index == 0) for index, group in enumerate(matching)]
    path, now = _path(roots, chosen), clock.now()
    return Network(
        focus=chosen if chosen and (not searched or chosen.center.pk in keep) else None,
        path=path,
        levels=_levels(scope),
        folds=folds,
        singles=[child for child in children if not child.children and (child.center.pk in keep or not narrowed)],
        parts=[part for step in (path or roots) for part in step.children if part.children],
        count=len(scope),
        open_count=_open(scope),
        tonight_count=sum(node.state.is_open_tonight(now) for node in scope),
        found=sum(node.center.pk in keep for node in scope),
    )


def _grow(
    centers: Collection[Center], states: dict[int, OpenState], parent_of: Mapping[int, int | None]
) -> dict[int, Node]:
    nodes = {center.pk: Node(center, states[center.pk]) for center in centers if center.pk in states}
    children: dict[int | None, list[Node]] = defaultdict(list)
    for pk, node in nodes.items():
        children[parent_of.get(pk)].append(node)
    for pk, node in nodes.items():
        node.children = children[pk]
    return nodes


def _path(roots: list[Node], chosen: Node | None) -> list[Node]:
    """Path from the top down to the chosen center, both included."""
    for root in roots if chosen else []:
        if root is chosen:
            return [root]
        below = _path(root.children, chosen)
        if below:
            return [root, *below]
    return []


def _fold(head: Node, keep: set[int], *, is_open: bool) -> Fold:
    whole = list(head.whole())
    is_small = len(whole) <= AT_A_GLANCE
    listed = whole[1:] if is_small else head.children
    tiles = [node for node in listed if not is_small or node.center.pk in keep]
    return Fold(head, whole if is_small else [], tiles, len(listed) - len(tiles), len(whole), _open(whole), is_open)


def _levels(scope: list[Node]) -> list[LevelCount]:
    by_level: dict[Level, list[Node]] = defaultdict(list)
    for node in scope:
        by_level[node.center.level].append(node)
    ordered = sorted(by_level, key=lambda level: level.rank)
    return [
        LevelCount(level, len(by_level[level]), _open(by_level[level]), place)
        for place, level in enumerate(ordered, start=1)
    ]


def _open(nodes: list[Node]) -> int:
    return sum(node.state.is_open for node in nodes)
