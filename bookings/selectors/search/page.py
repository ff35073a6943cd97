"""All that the page of a search shows.

Its results with their day bars, the filters with their counts, who is left out, and other ways.
"""

import dataclasses
from collections import Counter
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.choices import ConfirmMode, Equipment
from bookings.domain.rooms import Room
from bookings.domain.snapshot import Snapshot
from bookings.selectors.day_bar import axis_of, day_bar
from bookings.selectors.search.alternatives import alternatives_to
from bookings.selectors.search.exclusions import advice, reasons
from bookings.selectors.search.results import Candidate, Filters, SearchCriteria, SearchResult, find, known_rooms
from bookings.values.policy import Policy
from bookings.values.slots import slot_query
from centers.access import Viewer
from centers.choices import AreaKind
from centers.models import Center
from centers.selectors.near_choices import NearChoices
from common.words.times import span_words

PAGE_SIZE = 20
# Where few choices are shown: the first room of each center, so many centers.
BRIEF_PAGE_SIZE = 5
GROUPS: dict[str, type[TextChoices]] = {"confirm": ConfirmMode, "equipment": Equipment, "area": AreaKind}


@dataclasses.dataclass(frozen=True)
class Result:
    """A free room as the list shows it."""

    room: Room
    day_bar: dict[str, Any]
    equipment: list[str]
    confirm: str
    is_instant: bool
    why: str
    is_known: bool
    # Further rooms of its center that are free, where they aren't listed.
    others: int = 0

    @property
    def center_url(self) -> str:
        """Address of its center's page."""
        center: Any = Center(code=self.room.center_code)  # its page is above this app: ABSOLUTE_URL_OVERRIDES
        return str(center.get_absolute_url())


@dataclasses.dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    is_chosen: bool


def search_page(
    criteria: SearchCriteria,
    snapshot: Snapshot,
    places: NearChoices,
    user: Viewer,
    page: str | None,
    *,
    is_brief: bool = False,
) -> dict[str, Any]:
    """Context of a search that can be answered. `is_brief`: one room a center, few on a page.

    Three queries for any number of rooms and bookings: taken that day, taken in the week of alternatives, and known to
    the person; besides those of the snapshot.
    """
    result = find(criteria, snapshot)
    free, alternatives = result.free, alternatives_to(result)
    rooms_at = Counter(one.room.center_id for one in free) if is_brief else Counter()
    listed = _first_of_centers(free) if is_brief else free
    shown: Page[Any] = Paginator(listed, BRIEF_PAGE_SIZE if is_brief else PAGE_SIZE).get_page(page)
    shown.object_list = _results(list(shown.object_list), result, places, user, rooms_at)
    return {
        "criteria": criteria,
        "title": _title(criteria, len(free)),
        "page": shown,
        "filters": _filters(result),
        "is_filtered": criteria.filters != Filters(),
        "unfiltered": len(result.unfiltered),
        "excluded": sum(result.excluded.values()),
        "reasons": reasons(result.excluded),
        "slot_query": slot_query(*criteria.request.span, criteria.request.headcount),
        "alternatives": alternatives,
        "advice": advice(result.to_change, has_alternatives=bool(alternatives)),
        "year_unpublished": result.year_unpublished,
    }


def _first_of_centers(free: list[Candidate]) -> list[Candidate]:
    """The first room of each center, in the same order."""
    first: dict[int, Candidate] = {}
    for one in free:
        first.setdefault(one.room.center_id, one)
    return list(first.values())


def _title(criteria: SearchCriteria, count: int) -> str:
    when = span_words(*criteria.request.span)
    if not count:
        return _("{when}: no room free").format(when=when)
    return ngettext("{when}: {n} room free", "{when}: {n} rooms free", count).format(when=when, n=count)


def _results(
    candidates: list[Candidate], result: SearchResult, places: NearChoices, user: Viewer, rooms_at: Counter[int]
) -> list[Result]:
    day, wanted = result.criteria.day, result.criteria.request.span
    known = known_rooms(user, [one.room.id for one in candidates])
    axis = axis_of(day, [one.facts.open_day for one in candidates], wanted)
    equipment = {value: str(label) for value, label in Equipment.choices}
    confirm: dict[Policy, str] = {}
    return [
        Result(
            room=one.room,
            day_bar=day_bar(axis, one.facts, wanted),
            equipment=[equipment[value] for value in one.room.equipment if value in equipment],
            confirm=confirm.get(one.policy) or confirm.setdefault(one.policy, confirm_words(one.policy)),
            is_instant=one.policy.is_instant,
            why=places.why(one.near, one.lineage),
            is_known=one.room.id in known,
            others=max(rooms_at[one.room.center_id] - 1, 0),
        )
        for one in candidates
    ]


def confirm_words(policy: Policy) -> str:
    """Whether a booking stands at once, or by when the center's staff answer."""
    if policy.is_instant:
        return _("Confirmed at once")
    days = policy.decide_workdays
    return ngettext("Needs approval, within {n} working day", "Needs approval, within {n} working days", days).format(
        n=days
    )


def _filters(result: SearchResult) -> list[dict[str, Any]]:
    """Each group of filters with its choices.

    Beside each choice stands the number of free rooms with it and the other groups' choices.
    """
    legends = {"confirm": _("Confirmation"), "equipment": _("Equipment"), "area": _("Functional area")}
    groups = []
    for name, choices in GROUPS.items():
        chosen: frozenset[str] = getattr(result.criteria.filters, name)
        counts = _counts(result, name)
        offered = [
            Choice(value, str(label), counts[value], value in chosen)
            for value, label in choices.choices
            if counts[value] or value in chosen
        ]
        if offered:
            groups.append({"name": name, "legend": legends[name], "choices": offered, "is_open": bool(chosen)})
    return groups


def _counts(result: SearchResult, name: str) -> Counter[str]:
    """Facets: how many of the free rooms have each value.

    Equipment adds up (all that is named must be there), the others are either-or.
    """
    chosen = result.criteria.filters
    others = chosen if name == "equipment" else dataclasses.replace(chosen, **{name: frozenset()})
    counts: Counter[str] = Counter()
    for one in result.unfiltered:
        if others.let_through(one.room, one.policy):
            values = {"confirm": [one.policy.confirm_mode], "equipment": one.room.equipment, "area": [one.room.area]}[
                name
            ]
            counts.update(values)
    return counts
