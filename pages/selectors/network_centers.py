"""List of the centers below a center with their set-up state, filtered and in order, on a page or in a sheet."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centers.domain.hours import OpenState
from centers.domain.snapshot import ListedCenter, NetworkSnapshot
from centers.models import Center
from centers.querysets import CenterQuerySet
from pages.selectors.set_up import GAPS, set_up_below

# What the list can be ordered by, and what the database orders by.
COLUMNS: dict[str, tuple[Promise | str, tuple[str, ...]]] = {
    "order": (gettext_lazy("Center"), ("order", "code")),
    "parent": (gettext_lazy("Stands under"), ("parent_name", "order", "code")),
    "staff": (gettext_lazy("Staff"), ("staff", "order", "code")),
    "rooms": (gettext_lazy("Rooms"), ("rooms", "order", "code")),
    "pending": (gettext_lazy("To decide"), ("pending", "order", "code")),
    "overdue": (gettext_lazy("Overdue"), ("overdue", "order", "code")),
    "unrecorded": (gettext_lazy("To record"), ("unrecorded", "order", "code")),
}


@dataclasses.dataclass(frozen=True)
class Column:
    """Head of a column. `next_sort`: the order that pressing it gives; `direction`: aria-sort, where it is in order."""

    label: Promise | str
    next_sort: str
    direction: str

    @property
    def arrow(self) -> str:
        return {"ascending": " ↑", "descending": " ↓"}.get(self.direction, "")


def columns(sort: str) -> list[Column]:
    """Heads of the columns in the order `sort`: numbers from the largest first, names from the first."""
    found = []
    for name, (label, _fields) in COLUMNS.items():
        first, second = (name, f"-{name}") if name in ("order", "parent") else (f"-{name}", name)
        direction = {name: "ascending", f"-{name}": "descending"}.get(sort or "order", "")
        found.append(Column(label, second if sort == first or (not sort and name == "order") else first, direction))
    return found


def centers_below(center: Center, asked: Mapping[str, Any], states: Mapping[int, OpenState]) -> CenterQuerySet:
    """Centers of the list, as `asked` (`pages.forms.network.CentersForm`). Lazy."""
    found = set_up_below(center, only=bool(asked.get("only")))
    if asked.get("q"):
        found = found.search(asked["q"])
    if asked.get("missing"):
        found = found.filter(GAPS[asked["missing"]].condition)
    if asked.get("open"):
        found = found.filter(pk__in=[pk for pk, state in states.items() if state.is_open])
    sort = asked.get("sort", "order")
    _label, fields = COLUMNS[sort.removeprefix("-")]
    first, *others = fields
    return found.order_by(f"-{first}" if sort.startswith("-") else first, *others)


@dataclasses.dataclass(frozen=True)
class Missing:
    """Gap of one center, with the page on which it is entered (blank for who may not)."""

    short: Promise | str
    url: str


@dataclasses.dataclass(frozen=True)
class CenterRow:
    """Line of the list. `parent`: the center it stands under, if that is public."""

    center: Center
    state: OpenState
    parent: ListedCenter | None
    missing: list[Missing]


def center_rows(centers: Iterable[Center], states: Mapping[int, OpenState], *, can_manage: bool) -> list[CenterRow]:
    """Lines of the list for these centers of `centers_below`."""
    listed = {center.id: center for center in NetworkSnapshot.take().centers}
    rows = []
    for center in centers:
        above = listed[center.pk].parent_id if center.pk in listed else None
        rows.append(CenterRow(center, states[center.pk], listed.get(above or 0), _missing(center, can_manage)))
    return rows


def _missing(center: Center, can_manage: bool) -> list[Missing]:
    lacking = [gap for name, gap in GAPS.items() if gap.is_listed and getattr(center, f"lacks_{name}")]
    return [Missing(gap.short, reverse(gap.page, args=[center.code]) if can_manage else "") for gap in lacking]


def open_states() -> dict[int, OpenState]:
    """Open state of each public center now."""
    return NetworkSnapshot.take().open_states()


def sheet_head() -> list[str]:
    """Head of the sheet."""
    return [
        _("Code"),
        _("Center"),
        _("Level"),
        _("Stands under"),
        _("Open now"),
        _("Phone"),
        _("Address"),
        _("Hours of its own"),
        _("Rooms"),
        _("Booking rules of its own"),
        _("Staff"),
        _("To decide"),
        _("Overdue"),
        _("To record"),
    ]


def sheet_rows(centers: CenterQuerySet, states: Mapping[int, OpenState]) -> Iterator[list[Any]]:
    """Rows of the sheet, a center each, in the order of its head."""
    yes, no = _("yes"), _("no")
    center: Any  # with what `set_up_below` annotates
    for center in centers.iterator(chunk_size=2000):
        yield [
            center.code,
            center.name,
            str(center.level),
            center.parent_name or "",
            yes if states[center.pk].is_open else no,
            center.phone,
            center.address,
            yes if center.own_hours else no,
            center.rooms,
            yes if center.own_rules else no,
            center.staff,
            center.pending,
            center.overdue,
            center.unrecorded,
        ]
