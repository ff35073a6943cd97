"""Centers around a chosen one, by the tree: itself, or its branch of the network."""

from collections import defaultdict
from collections.abc import Collection

from activities.choices import Reach
from centers.domain.snapshot import ListedCenter


def branch_head(centers: Collection[ListedCenter], chosen: ListedCenter) -> ListedCenter:
    """The center below the top under which `chosen` stands: the town of a village; the top is its own."""
    by_id = {center.id: center for center in centers}
    head = chosen
    while (above := by_id.get(head.parent_id or 0)) is not None and above.parent_id is not None:
        head = above
    return head


def centers_within(centers: Collection[ListedCenter], chosen: ListedCenter, reach: str) -> list[int] | None:
    """Ids of the centers within reach of `chosen`; None where all are."""
    if reach == Reach.HERE:
        return [chosen.id]
    head = branch_head(centers, chosen)
    if reach != Reach.AROUND or head.parent_id is None:
        return None
    children: dict[int | None, list[int]] = defaultdict(list)
    for center in centers:
        children[center.parent_id].append(center.id)
    found = [head.id]
    for one in found:
        found.extend(children[one])
    return found
