"""Navigation registry: menus of the portal, filled by each app from its `integrations.navigation` when it is ready.

Templates read a menu by the tag `{% menu "work" as entries %}`; nothing here or in a template names an app.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from functools import lru_cache, partial
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Menu(StrEnum):
    """Menus of the portal, and the places they are shown in."""

    SECTIONS = "sections"  # masthead, the phone's tab bar, site map
    WORK = "work"  # the side menu of staff pages, and their tab bar on a phone
    SET_UP = "set_up"  # the pages a center is set up on; their address takes the center's code
    ACCOUNT = "account"  # site map: signing in, and what is one's own
    ABOUT = "about"  # footer and site map: what every public site says about itself


class Group(IntEnum):
    """Groups of a menu's entries, in order. A menu without a need for them leaves all its entries in the first."""

    TODAY = 10  # what comes in, and has to be answered
    ACTIVITIES = 20  # what is held, and what follows from it
    RECORDS = 30  # what is made of the records
    REST = 90


GROUP_LABELS: dict[Group, Promise] = {
    Group.TODAY: _("Today"),
    Group.ACTIVITIES: pgettext_lazy("work", "Activities"),
    Group.RECORDS: _("Records"),
    Group.REST: _("More"),
}


@dataclass(frozen=True)
class Entry:
    """Menu entry. `order` is its place within its group; apps leave gaps for each other.

    `names`: beginnings of further URL names that belong to it. `short`: the label where there is little room. `count`:
    name of the counter whose number stands beside it (`register_counter`). `in_masthead`, `in_tab_bar`: whether there
    is room for it there (of the work menu: in the side menu, in the tab bar); the site map has them all. `staff_only`:
    for staff of a center.
    """

    url_name: str
    label: Promise | str
    order: int
    icon: str = ""
    short: Promise | str = ""
    names: tuple[str, ...] = ()
    count: str = ""
    in_masthead: bool = True
    in_tab_bar: bool = True
    staff_only: bool = False
    group: Group = Group.TODAY


@dataclass(frozen=True)
class Counter:
    """Counter of what waits for a person. `words`: what it counts, for ears; `count`: the number, 0 for visitors."""

    words: Promise | str
    count: Callable[[Any], int]


@dataclass(frozen=True)
class Count:
    """Number of a counter for one person, read when a template first shows it."""

    name: str
    words: Promise | str
    n: Any

    @property
    def badge_id(self) -> str:
        """Id of its badge in the side menu, for fragments that send a new number along."""
        return f"rail-{self.name}"


@dataclass(frozen=True)
class Link:
    """Menu entry with its address, and the number beside it if it has a counter.

    `current` is `page` on its own page, `true` on one that belongs to it, else blank: aria-current.
    """

    entry: Entry
    url: str
    current: str
    count: Count | None = None


_guests: dict[tuple[Menu, str], set[str]] = {}
_menus: dict[Menu, dict[str, Entry]] = {menu: {} for menu in Menu}
_counters: dict[str, Counter] = {}


def register(menu: Menu, *entries: Entry) -> None:
    """Add entries to a menu. Registering the same again is harmless."""
    for entry in entries:
        _menus[menu][entry.url_name] = entry


def register_counter(name: str, words: Promise | str, count: Callable[[Any], int]) -> None:
    """Add a counter, for entries to name (`Entry.count`). Registering the same again is harmless."""
    _counters[name] = Counter(words, count)


def counts_of(request: HttpRequest) -> dict[str, Count]:
    """Number of every counter by its name, for the person of `request`; each is read at most once a request."""
    if not hasattr(request, "_counts"):
        user = getattr(request, "user", None)
        request._counts = {  # type: ignore[attr-defined]
            name: Count(name, counter.words, 0 if user is None else SimpleLazyObject(partial(counter.count, user)))
            for name, counter in _counters.items()
        }
    counts: dict[str, Count] = request._counts  # type: ignore[attr-defined]
    return counts


def set_count(request: HttpRequest, name: str, n: int) -> None:
    """Give a counter's number, on a page that has read it already."""
    counts_of(request)[name] = replace(counts_of(request)[name], n=n)


def belongs(menu: Menu, url_name: str, *names: str) -> None:
    """Declare that pages of another app, whose URL names begin so, belong to the entry of `url_name` as well."""
    _guests.setdefault((menu, url_name), set()).update(names)


def entries(menu: Menu) -> list[Entry]:
    """Entries of a menu in order."""
    return sorted(_menus[menu].values(), key=lambda entry: (entry.group, entry.order))


def links(
    menu: Menu, view_name: str, args: Sequence[Any] = (), counts: Mapping[str, Count] | None = None
) -> list[Link]:
    """Links of a menu on the page of this URL name, with their numbers among `counts`.

    At most one entry is current: its own page's, else the first it belongs to.
    """
    found = entries(menu)
    own = next((entry for entry in found if entry.url_name == view_name), None)
    current = own or next((entry for entry in found if view_name.startswith(_names(menu, entry))), None)
    mark = "page" if own else "true"
    numbers = counts or {}
    return [
        Link(
            entry,
            _address(entry.url_name, tuple(args)),
            mark if entry is current else "",
            numbers.get(entry.count),
        )
        for entry in found
    ]


@lru_cache(maxsize=512)
def _address(url_name: str, args: tuple[Any, ...]) -> str:
    """Address of an entry; every page asks for two dozen."""
    return reverse(url_name, args=args)


def grouped(found: Iterable[Link]) -> list[tuple[Promise, list[Link]]]:
    """Links of a menu that have room at the side, by group, each with the group's label."""
    groups = groupby((link for link in found if link.entry.in_masthead), key=lambda link: link.entry.group)
    return [(GROUP_LABELS[group], list(members)) for group, members in groups]


def _names(menu: Menu, entry: Entry) -> tuple[str, ...]:
    return (*entry.names, *_guests.get((menu, entry.url_name), ()))
