"""Bookings and sign-ups found by number, name or phone, at the centers a person works for."""

import dataclasses
from typing import Any

from activities.models import SignUp
from bookings.models import Booking
from bookings.selectors import workbench
from bookings.selectors.queue import in_order
from bookings.selectors.workbench import Card
from bookings.values.lookup import read_lookup
from centers.access import Viewer
from common import clock

SHOWN = 20


@dataclasses.dataclass(frozen=True)
class Found:
    """Rows that were found of one kind, and whether there are more than are shown."""

    rows: list[Any]
    has_more: bool


def found_page(user: Viewer, text: str) -> dict[str, Any]:
    """Context of the page of what was found. Constant queries; none for a blank text."""
    bookings, sign_ups = Found([], has_more=False), Found([], has_more=False)
    if read_lookup(text):
        bookings, sign_ups = bookings_found(user, text), sign_ups_found(user, text)
    return {"q": text, "bookings": bookings, "sign_ups": sign_ups}


def bookings_found(user: Viewer, text: str) -> Found:
    """Bookings of the centers `user` works for: to come, soonest first, then past ones, the latest first."""
    mine = Booking.objects.manageable_by(user).select_related("space__center", "contact").search(text)
    rows = list(in_order(mine, clock.now())[: SHOWN + 1])
    cards: list[Card] = workbench.cards(rows[:SHOWN], user)
    return Found(cards, has_more=len(rows) > SHOWN)


def sign_ups_found(user: Viewer, text: str) -> Found:
    """Sign-ups for activities of those centers, in the same order."""
    now = clock.now()
    mine = SignUp.objects.manageable_by(user).select_related("activity__center", "participant__account").search(text)
    rows = list(mine.soonest_first(now)[: SHOWN + 1])
    return Found(rows[:SHOWN], has_more=len(rows) > SHOWN)
