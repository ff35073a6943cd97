"""Switcher between the centers a person works for, a few at a time: never a list of the whole network."""

import dataclasses

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from centers import access
from centers.choices import WORKING
from centers.models import Center, CenterAncestor, CenterRole
from common import clock


@dataclasses.dataclass(frozen=True)
class SwitcherGroup:
    """Optgroup of centers in the switcher."""

    label: Promise | str
    centers: list[Center]


@dataclasses.dataclass(frozen=True)
class CenterSwitcher:
    """Centers to switch between.

    `own`: where the person holds a role; `chosen`: the center looked at; `groups`: where to go from it, one step at a
    time; `path`: those above it within reach, from the top.
    """

    own: list[Center]
    chosen: Center
    groups: list[SwitcherGroup]
    path: list[Center]

    @property
    def is_wide(self) -> bool:
        """Whether there is more than one center to choose from."""
        return sum(len(group.centers) for group in self.groups) > 1


def switcher_of(user: access.Viewer, code: str = "") -> CenterSwitcher | None:
    """Switcher of `user`, looking at the center `code`: their first own one if that is blank or out of reach.

    None for somebody who works nowhere.
    """
    if not user.is_authenticated:
        return None
    held = CenterRole.objects.on(clock.today()).filter(user=user, role__in=WORKING).values("center")
    own = list(Center.objects.filter(pk__in=held).in_register_order())
    if not own:
        return None
    chosen = next((center for center in own if center.code == code), None)
    # The code stands in an address: what the database can't even be asked for is nobody's.
    if chosen is None and code.isprintable():
        chosen = Center.objects.filter(pk__in=access.scope(user, WORKING), code=code).first()
    chosen = chosen or own[0]
    path = _path(user, chosen)
    return CenterSwitcher(own, chosen, _groups(own, chosen, path), path)


def _path(user: access.Viewer, chosen: Center) -> list[Center]:
    """Centers above the chosen one within reach, from the top."""
    edges = CenterAncestor.objects.on(clock.today())
    above = edges.filter(center=chosen, depth__gte=1, ancestor__in=access.scope(user, WORKING)).order_by("-depth")
    return [row.ancestor for row in above.select_related("ancestor")]


def _groups(own: list[Center], chosen: Center, path: list[Center]) -> list[SwitcherGroup]:
    """The person's own centers, then those above the chosen one within reach, beside it and below it; each once."""
    beside = _children(path[-1]) if path else []
    groups, seen = [], set()
    for label, centers in (
        (_("Your centers"), own),
        (_("Above"), path),
        (_("Beside"), beside or [chosen]),
        (_("Below"), _children(chosen)),
    ):
        fresh = [center for center in centers if center.pk not in seen]
        seen |= {center.pk for center in fresh}
        if fresh:
            groups.append(SwitcherGroup(label, fresh))
    return groups


def _children(center: Center) -> list[Center]:
    below = CenterAncestor.objects.on(clock.today()).filter(ancestor=center, depth=1)
    return list(Center.objects.public().filter(pk__in=below.values("center")).in_register_order())
