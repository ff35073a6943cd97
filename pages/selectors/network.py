"""Network below a center as those above see it today: figures by part, and what isn't set up yet."""

import dataclasses
from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.selectors.figures import ActivityFigures, activity_figures
from bookings.selectors.figures import BookingFigures, booking_figures
from centers.domain.hours import OpenState
from centers.domain.snapshot import NetworkSnapshot
from centers.models import Center
from centers.selectors.parts import PartOfNetwork, edges_by_part, parts_of
from common import clock
from pages.selectors.set_up import GAPS, set_up_below


@dataclasses.dataclass(frozen=True)
class Figure:
    """Number with the list it was counted from. `tone`: `is-late` where it shouldn't be."""

    n: int
    url: str
    of: int | None = None
    tone: str = ""


@dataclasses.dataclass(frozen=True)
class Phrase:
    """Figure of the whole network in words, for its sentence."""

    words: str
    figure: Figure

    @property
    def url(self) -> str:
        return self.figure.url

    @property
    def tone(self) -> str:
        return self.figure.tone


@dataclasses.dataclass(frozen=True)
class PartRow:
    """Line of the table: a part (None: all of them together) with its figures. `state`: of one center."""

    part: PartOfNetwork | None
    url: str
    state: OpenState | None
    open_now: Figure
    bookings: Figure
    in_use: Figure
    activities: Figure
    overdue: Figure
    unrecorded: Figure


@dataclasses.dataclass(frozen=True)
class Gap:
    """Gap in the set-up of centers: how many have it, and the list of them."""

    words: Promise | str
    hint: Promise | str
    n: int
    url: str


def network_page(center: Center) -> dict[str, Any]:
    """Context of the network below `center`. Ten queries, besides the snapshot's, however many centers."""
    now, snapshot = clock.now(), NetworkSnapshot.take()
    parts, edges = parts_of(center), edges_by_part(center, clock.today())
    states = snapshot.open_states()
    of_bookings, of_activities = booking_figures(edges, now), activity_figures(edges, now)
    rows = [_row(part, states, of_bookings.get(part.center.pk), of_activities.get(part.center.pk)) for part in parts]
    total = _total(center, rows)
    return {
        "network_center": center,
        "rows": rows,
        "total": total,
        "sentence": _sentence(total),
        "gaps": gaps_below(center),
        "now": now,
    }


def _sentence(total: PartRow) -> list[Phrase]:
    """Sentence of the figures, and of nothing else."""
    booked, led = total.bookings.n, total.activities.n
    late, unrecorded = total.overdue.n, total.unrecorded.n
    return [
        Phrase(_("{n} open now").format(n=total.open_now.n), total.open_now),
        Phrase(ngettext("{n} booking today", "{n} bookings today", booked).format(n=booked), total.bookings),
        Phrase(_("{n} in use now").format(n=total.in_use.n), total.in_use),
        Phrase(ngettext("{n} activity today", "{n} activities today", led).format(n=led), total.activities),
        Phrase(ngettext("{n} answer overdue", "{n} answers overdue", late).format(n=late), total.overdue),
        Phrase(
            ngettext("{n} activity to record", "{n} activities to record", unrecorded).format(n=unrecorded),
            total.unrecorded,
        ),
    ]


def gaps_below(center: Center) -> list[Gap]:
    """Gaps of the centers below, the center itself among them; none that no center has. One query."""
    flags = {name: f"lacks_{name}" for name in GAPS}
    groups = set_up_below(center).order_by().values(*flags.values()).annotate(n=Count("pk"))
    counts: Counter[str] = Counter()
    for group in groups:
        counts.update({name: group["n"] for name, flag in flags.items() if group[flag]})
    return [
        Gap(gap.words, gap.hint, counts[name], _centers_url(center, missing=name))
        for name, gap in GAPS.items()
        if counts[name]
    ]


def _row(
    part: PartOfNetwork,
    states: dict[int, OpenState],
    bookings: BookingFigures | None,
    activities: ActivityFigures | None,
) -> PartRow:
    open_count = sum(states[member].is_open for member in part.members if member in states)
    url = _overview_url(part) if not part.is_leaf else part_workbench_url(part.center)
    figures = _figures(
        part.center,
        part.alone,
        open_count,
        len(part.members),
        bookings or BookingFigures(),
        activities or ActivityFigures(),
    )
    return PartRow(part, url, **figures, state=states.get(part.center.pk) if part.is_leaf else None)


def _total(center: Center, rows: list[PartRow]) -> PartRow:
    def together(name: str) -> int:
        return sum(getattr(row, name).n for row in rows)

    bookings = BookingFigures(together("bookings"), together("in_use"), overdue=together("overdue"))
    activities = ActivityFigures(together("activities"), together("unrecorded"))
    count = sum(row.open_now.of or 0 for row in rows)
    figures = _figures(center, False, together("open_now"), count, bookings, activities)
    return PartRow(None, "", None, **figures)


def _figures(
    center: Center, alone: bool, open_count: int, count: int, bookings: BookingFigures, activities: ActivityFigures
) -> dict[str, Figure]:
    """Figures of a row, each with the list that was counted."""
    only = {"only": "on"} if alone else {}
    day = clock.today().isoformat()

    def booked(status: str, **more: str) -> str:
        query = {"status": status, "center": center.code, **more, **only}
        return f"{reverse('bookings:decision_list')}?{urlencode(query)}"

    def led(state: str, **more: str) -> str:
        query = {"state": state, "center": center.code, **more, **only}
        return f"{reverse('activities:manage_list')}?{urlencode(query)}"

    late, unrecorded = bookings.overdue, activities.unrecorded
    return {
        "open_now": Figure(open_count, _centers_url(center, open="on", **only), of=count),
        "bookings": Figure(bookings.today, booked("", day=day)),
        "in_use": Figure(bookings.in_use, booked("in_use")),
        "activities": Figure(activities.today, led("taking_place", day=day)),
        "overdue": Figure(late, booked("overdue"), tone="is-late" if late else ""),
        "unrecorded": Figure(unrecorded, led("to_record"), tone="is-late" if unrecorded else ""),
    }


def _overview_url(part: PartOfNetwork) -> str:
    return f"{reverse('pages:network_overview')}?{urlencode({'center': part.center.code})}"


def part_workbench_url(center: Center) -> str:
    """Address of the workbench of one center."""
    return f"{reverse('pages:workbench')}?{urlencode({'center': center.code})}"


def _centers_url(center: Center, **filters: str) -> str:
    return f"{reverse('pages:network_centers')}?{urlencode({'center': center.code, **filters})}"
