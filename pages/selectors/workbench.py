"""Context of the workbench: what is due at a center today."""

import dataclasses
from typing import Any

from activities.models import Activity
from activities.selectors import workbench as activities
from bookings.permissions import can_manage_spaces
from bookings.selectors import waiting, workbench
from centers.access import Viewer
from centers.models import Center
from centers.selectors.switcher import CenterSwitcher
from common import clock

REQUESTS_SHOWN = 10
TO_RECORD_SHOWN = 5


@dataclasses.dataclass(frozen=True)
class Today:
    """Rooms of one center today: the drawing, the bookings in it one by one, and its activities."""

    center: Center
    timeline: workbench.Timeline
    cards: list[workbench.Card]
    activities: list[Activity]


def today_at(center: Center, viewer: Viewer) -> Today:
    """Rooms, bookings and activities of a center today. The number of queries doesn't grow with them."""
    day = clock.today()
    held = workbench.held_on(center, day)
    timeline = workbench.timeline(center, day, held)
    return Today(center, timeline, workbench.cards(held, viewer), activities.on_day(center, day))


def workbench_page(user: Viewer, reach: CenterSwitcher) -> dict[str, Any]:
    """Context of the workbench: requests and records due at all centers the person works for, rooms of one."""
    return {
        "reach": reach,
        "day": clock.today(),
        "waiting": workbench.waiting_count(user),
        "requests": workbench.cards(workbench.to_decide(user)[:REQUESTS_SHOWN], user),
        "to_record": list(activities.to_record(user)[:TO_RECORD_SHOWN]),
        "to_record_count": activities.unrecorded_count(user),
        "parts": waiting.by_part(reach.chosen) if reach.is_wide else [],
        "today": today_at(reach.chosen, user),
        "can_manage": can_manage_spaces(user, reach.chosen),
    }
