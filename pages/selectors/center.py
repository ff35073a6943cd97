"""Contexts of a center's public page and of its set-up page."""

import dataclasses
import datetime as dt
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext

from activities.selectors.listing import coming_at, held_at
from bookings.domain.facts import facts_by_day
from bookings.domain.snapshot import Snapshot
from bookings.models import BookingPolicy, Space
from bookings.permissions import can_manage_spaces
from bookings.selectors.day_bar import axis_of, day_bar
from bookings.values.policy import FIELDS, Policy
from catalog.domain.offers import offers_at
from centers.access import Viewer
from centers.choices import AreaKind, DayKind
from centers.models import Center, CenterAncestor, CenterRole, FunctionalArea, SpecialDay
from centers.querysets import DatedQuerySet
from centers.values.opening import OpenDay
from common import clock
from common.words.names import zh
from organizations.selectors.organizations import party_organizations
from ratings.selectors.published import published, satisfaction_words

WEEK_DAYS = 7
BELOW_SHOWN = SERVICES_SHOWN = 12
ACTIVITIES_SHOWN = 4
HELD_SHOWN = 3
PARTY_SHOWN = 8
DAY = dt.timedelta(days=1)

AREA_ICONS = {
    AreaKind.RECEPTION: "area-reception",
    AreaKind.RED_EDUCATION: "area-education",
    AreaKind.OATH: "area-oath",
    AreaKind.DELIBERATION: "area-council",
    AreaKind.ACTIVITY: "area-activity",
    AreaKind.MASS_SERVICE: "area-mass",
    AreaKind.DELEGATE_STUDIO: "area-deputy",
    AreaKind.SECRETARY_STUDIO: "area-secretary",
    AreaKind.CUSTOM: "area-custom",
}


@dataclasses.dataclass(frozen=True)
class Room:
    """A room with its rules and its day as a bar."""

    space: Space
    policy: Policy
    day_bar: dict[str, Any]


@dataclasses.dataclass(frozen=True)
class Area:
    """A functional area, with its drawing and how many rooms in it can be booked."""

    area: FunctionalArea
    icon: str
    rooms: int


@dataclasses.dataclass(frozen=True)
class Day:
    """Line of the week's opening hours.

    `mark`: what sets it apart from its weekday (a holiday's name, a make-up workday); `reason`: of other hours.
    """

    date: dt.date
    open_day: OpenDay
    mark: Any
    reason: Any


def center_page(user: Viewer, center: Center) -> dict[str, Any]:
    """Context of the public page. The number of queries doesn't grow with rooms and bookings."""
    today = clock.today()
    snapshot = Snapshot.take()
    week = snapshot.opening_of([center.pk], today, today + (WEEK_DAYS - 1) * DAY)[center.pk]
    rooms = _rooms(center, today, snapshot)
    below = (
        Center.objects.public()
        .filter(pk__in=_edges().filter(ancestor=center, depth=1).values("center"))
        .in_register_order()
    )
    shown = list(below.select_related("level")[:BELOW_SHOWN])
    states = snapshot.open_states([center.pk, *(child.pk for child in shown)])
    services = offers_at(center)
    party, party_count = party_organizations(center, PARTY_SHOWN)
    return {
        "center": center,
        "path": [
            row.ancestor
            for row in _edges().filter(center=center, depth__gte=1).order_by("-depth").select_related("ancestor")
        ],
        "state": states[center.pk],
        "week": [Day(day, open_day, _mark(open_day), _entered(open_day.reason)) for day, open_day in week.items()],
        "unpublished_years": sorted({day.year for day, open_day in week.items() if open_day.year_unpublished}),
        "rooms": rooms,
        "areas": _areas(center, rooms),
        "services": services[:SERVICES_SHOWN],
        "service_count": len(services),
        "party": party,
        "party_count": party_count,
        "activities": coming_at(user, center, ACTIVITIES_SHOWN),
        "held": held_at(center, HELD_SHOWN),
        "below": [(child, states[child.pk]) for child in shown],
        "below_count": below.count(),
        "satisfaction": satisfaction_words(published([center.pk])[center.pk]),
        "can_manage": can_manage_spaces(user, center),
    }


def _edges() -> DatedQuerySet[CenterAncestor]:
    return CenterAncestor.objects.on(clock.today())


def _mark(open_day: OpenDay) -> Any:
    """Label of a special date: a holiday's name, or for a make-up workday that it is one and for which holiday."""
    name = _entered(open_day.name_of_holiday)
    if open_day.kind == DayKind.MAKEUP:
        label = DayKind.MAKEUP.label
        return format_html(gettext("{makeup} (for {holiday})"), makeup=label, holiday=name) if name else label
    return (name or DayKind.HOLIDAY.label) if open_day.kind == DayKind.HOLIDAY else ""


def _entered(words: Any) -> Any:
    """Text that staff typed, marked as Chinese in English pages.

    The portal's own (lazy) words are translated already.
    """
    return zh(words) if words and isinstance(words, str) else words


def _rooms(center: Center, day: dt.date, snapshot: Snapshot) -> list[Room]:
    spaces = list(Space.objects.public().filter(center=center).select_related("center").order_by("id"))
    if not spaces:
        return []
    facts = {pk: of_space[day] for pk, of_space in facts_by_day(spaces, day, day, snapshot).items()}
    axis = axis_of(day, [of_space.open_day for of_space in facts.values()])
    now = clock.now()
    return [Room(space, facts[space.pk].policy, day_bar(axis, facts[space.pk], now=now)) for space in spaces]


def _areas(center: Center, rooms: list[Room]) -> list[Area]:
    """The center's areas in the order of the article, its own ones last."""
    order = list(AreaKind)
    areas = sorted(
        FunctionalArea.objects.filter(center=center), key=lambda area: (order.index(AreaKind(area.kind)), area.pk)
    )
    kinds = [room.space.area_kind for room in rooms]
    return [
        Area(area, AREA_ICONS[AreaKind(area.kind)], 0 if area.kind == AreaKind.CUSTOM else kinds.count(area.kind))
        for area in areas
    ]


def center_overview(center: Center) -> dict[str, Any]:
    """Context of the set-up page: values entered at the center, and the sources of inherited ones."""
    today = clock.today()
    with_hours = (
        _edges()
        .filter(center=center, ancestor__weekly_hours__isnull=False)
        .order_by("depth")
        .select_related("ancestor")
    )
    source = with_hours.first()
    policy = BookingPolicy.objects.filter(center=center).first()
    return {
        "center": center,
        "hours_source": source.ancestor if source else None,
        "special_days": SpecialDay.objects.filter(center=center, day__gte=today).values("day").distinct().count(),
        "roles": CenterRole.objects.on(today).filter(center=center).count(),
        "rooms": Space.objects.filter(center=center).count(),
        "services": len(offers_at(center)),
        "rules": sum(getattr(policy, field) is not None for field in FIELDS) if policy else 0,
        "below": _edges().filter(ancestor=center, depth__gte=1).count(),
    }
