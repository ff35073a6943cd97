"""Bookings to come that can't be used any more.

Hours, capacity, repairs and rooms may change after people have booked.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bookings.domain.facts import facts_by_day
from bookings.domain.rules import RULES_OF_USE, Rule, first_refusal
from bookings.domain.snapshot import Snapshot
from bookings.exceptions import BookingError
from bookings.models import Booking
from bookings.querysets import BookingQuerySet
from bookings.values.slot_request import SlotRequest
from centers.choices import PUBLIC
from common import clock


class _Use(NamedTuple):
    """Columns of a booking that decide whether it can be used."""

    booking_id: int
    request: SlotRequest
    space: "_Space"


class _Space(NamedTuple):
    id: int
    center_id: int
    capacity: int
    is_public: bool


def refusals_of_use(bookings: Iterable[Booking]) -> dict[int, BookingError]:
    """By id, the first rule of use broken by each of the bookings (with space and center) that could yet be used."""
    uses = []
    for one in bookings:
        if one.is_to_come:
            space = _Space(one.space_id, one.space.center_id, one.space.capacity, one.space.is_public)
            uses.append(_Use(one.pk, SlotRequest(one.starts_at, one.ends_at, one.headcount, one.space_id), space))
    return _refusals(uses, RULES_OF_USE)


def unusable_days(bookings: BookingQuerySet, rules: Sequence[Rule] = RULES_OF_USE) -> dict[int, dt.date]:
    """By id, the day of each booking of a queryset that may yet be used and breaks one of these rules of use by now."""
    columns = (
        "pk", "starts_at", "ends_at", "headcount", "space_id", "space__center_id", "space__capacity",
        "space__is_active",
        "space__center__status",
    )  # fmt: skip
    uses = []
    for pk, starts_at, ends_at, headcount, space, center, capacity, is_active, status in (
        bookings.live().filter(starts_at__gt=clock.now()).order_by().values_list(*columns)
    ):
        request = SlotRequest(starts_at, ends_at, headcount, space)
        uses.append(_Use(pk, request, _Space(space, center, capacity, is_active and status in PUBLIC)))
    days = {use.booking_id: use.request.day for use in uses}
    return {pk: days[pk] for pk in _refusals(uses, rules)}


def _refusals(uses: list[_Use], rules: Sequence[Rule]) -> dict[int, BookingError]:
    if not uses:
        return {}
    days = [use.request.day for use in uses]
    wanted = {(use.space.id, use.request.day) for use in uses}
    facts = facts_by_day({use.space for use in uses}, min(days), max(days), Snapshot.take(), wanted)
    found = ((use.booking_id, first_refusal(use.request, facts[use.space.id][use.request.day], rules)) for use in uses)
    return {pk: refusal for pk, refusal in found if refusal}
