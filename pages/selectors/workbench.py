"""Context of the workbench: what is due at a center on a day, and for those above the network below it."""

import dataclasses
import datetime as dt
from typing import Any

from activities.models import Activity
from activities.selectors import workbench as activities
from bookings.permissions import can_manage_spaces
from bookings.selectors import waiting, workbench
from centers.access import Viewer
from centers.models import Center, CenterAncestor
from centers.selectors.switcher import CenterSwitcher
from common import clock
from pages.selectors.agenda import Agenda, agenda_of, rows_to_come
from pages.selectors.network import network_page

REQUESTS_SHOWN = 10
TO_RECORD_SHOWN = 5
DAY = dt.timedelta(days=1)


@dataclasses.dataclass(frozen=True)
class Today:
    """Rooms of one center on one day: the drawing, the bookings in it one by one, and all in order of time."""

    center: Center
    timeline: workbench.Timeline
    cards: list[workbench.Card]
    agenda: Agenda

    @property
    def activities(self) -> list[Activity]:
        """Activities of the day, by start."""
        rows = [*self.agenda.ended, *self.agenda.before_now, *self.agenda.after_now]
        return [row.activity for row in rows if row.activity]


@dataclasses.dataclass(frozen=True)
class DayTab:
    """Link to a day, with the number of what is to come on it."""

    day: dt.date
    count: int
    is_shown: bool

    @property
    def is_today(self) -> bool:
        return self.day == clock.today()


def day_at(center: Center, day: dt.date, viewer: Viewer) -> Today:
    """Rooms, bookings and activities of a center on a day. The number of queries doesn't grow with them."""
    held = workbench.held_on(center, day)
    agenda = agenda_of(center, day, held, viewer)
    shown = [*agenda.ended, *agenda.before_now, *agenda.after_now]
    cards = [row.card for row in shown if row.card]
    return Today(center, workbench.timeline(center, day, held), cards, agenda)


def workbench_page(user: Viewer, reach: CenterSwitcher, day: dt.date) -> dict[str, Any]:
    """Context of the workbench: requests and records due at all centers the person works for, one center's day."""
    shown = day_at(reach.chosen, day, user)
    is_above = has_centers_below(reach.chosen)
    count = workbench.waiting_count(user)
    return {
        "reach": reach,
        "day": day,
        "tabs": _tabs(reach.chosen, shown.agenda),
        "waiting": count,
        "requests": workbench.cards(workbench.to_decide(user)[:REQUESTS_SHOWN], user),
        "waiting_below": workbench.waiting_below_count(user),
        "to_record": list(activities.to_record(user)[:TO_RECORD_SHOWN]),
        "to_record_count": activities.unrecorded_count(user),
        "parts": waiting.by_part(reach.chosen) if reach.is_wide else [],
        "today": shown,
        "can_manage": can_manage_spaces(user, reach.chosen),
        "network": network_page(reach.chosen) if is_above else None,
    }


def has_centers_below(center: Center) -> bool:
    """Whether centers stand below this one today. One query."""
    return CenterAncestor.objects.on(clock.today()).filter(ancestor=center, depth__gte=1).exists()


def _tabs(center: Center, agenda: Agenda) -> list[DayTab]:
    """Today and tomorrow, and the day that is shown if it is another. Two queries a day that isn't shown."""
    today = clock.today()
    days = sorted({today, today + DAY, agenda.day})
    counts = {day: agenda.count if day == agenda.day else rows_to_come(center, day) for day in days}
    return [DayTab(day, counts[day], day == agenda.day) for day in days]
