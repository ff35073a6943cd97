"""Parts of the network below a center: it alone, then each center right below with all that stands below it."""

import dataclasses
import datetime as dt
from collections import defaultdict

from django.db.models import Q, QuerySet

from centers.models import Center, CenterAncestor
from common import clock


@dataclasses.dataclass(frozen=True)
class PartOfNetwork:
    """Center with all that stands below it, or `alone`."""

    center: Center
    members: frozenset[int]
    alone: bool = False

    @property
    def is_leaf(self) -> bool:
        """Whether it is one center: alone, or with nothing below it."""
        return len(self.members) == 1


def edges_by_part(center: Center, on: dt.date) -> QuerySet[CenterAncestor]:
    """Rows of the closure table that lead from each part's head to its members; each member once. Lazy."""
    below = CenterAncestor.objects.on(on).filter(ancestor=center, depth=1).values("center")
    return CenterAncestor.objects.on(on).filter(Q(ancestor__in=below) | Q(ancestor=center, depth=0))


def parts_of(center: Center) -> list[PartOfNetwork]:
    """Parts of the network below `center`, itself first, in the register's order. Two queries.

    Members are public ones.
    """
    members: dict[int, set[int]] = defaultdict(set)
    edges = edges_by_part(center, clock.today()).filter(center__in=Center.objects.public())
    for head, member in edges.values_list("ancestor", "center"):
        members[head].add(member)
    heads = sorted(
        Center.objects.filter(pk__in=members).select_related("level").in_register_order(),
        key=lambda head: head != center,
    )
    return [PartOfNetwork(head, frozenset(members[head.pk]), alone=head == center) for head in heads]
