"""Context of the workbench: what is due at a center today."""

import dataclasses
from typing import Any

from bookings.permissions import can_manage_spaces
from bookings.selectors import waiting, workbench
from centers.access import Viewer
from centers.models import Center
from centers.selectors.switcher import CenterSwitcher
from common import clock

REQUESTS_SHOWN = 10


@dataclasses.dataclass(frozen=True)
class Today:
    """Rooms of one center today: the drawing, and the bookings in it one by one."""

    center: Center
    timeline: workbench.Timeline
    cards: list[workbench.Card]


def today_at(center: Center, viewer: Viewer) -> Today:
    """Rooms and bookings of a center today. The number of queries doesn't grow with them."""
    held = workbench.held_on(center, clock.today())
    return Today(center, workbench.timeline(center, clock.today(), held), workbench.cards(held, viewer))


def workbench_page(user: Viewer, reach: CenterSwitcher) -> dict[str, Any]:
    """Context of the workbench: requests of all centers the person works for, rooms of the one looked at."""
    return {
        "reach": reach,
        "day": clock.today(),
        "waiting": workbench.waiting_count(user),
        "requests": workbench.cards(workbench.to_decide(user)[:REQUESTS_SHOWN], user),
        "parts": waiting.by_part(reach.chosen) if reach.is_wide else [],
        "today": today_at(reach.chosen, user),
        "can_manage": can_manage_spaces(user, reach.chosen),
    }
