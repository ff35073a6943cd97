"""Navigation registry: menus of the portal, filled by each app from its `integrations.navigation` when it is ready.

Templates read a menu by the tag `{% menu "work" as entries %}`; nothing here or in a template names an app.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise


class Menu(StrEnum):
    """Menus of the portal, and the places they are shown in."""

    SECTIONS = "sections"  # masthead, the phone's tab bar, site map
    WORK = "work"  # the side menu of staff pages
    SET_UP = "set_up"  # the pages a center is set up on; their address takes the center's code
    ACCOUNT = "account"  # site map: signing in, and what is one's own
    ABOUT = "about"  # footer and site map: what every public site says about itself


@dataclass(frozen=True)
class Entry:
    """Menu entry. `order` is its place; apps leave gaps for each other.

    `names`: beginnings of further URL names that belong to it. `short`: the label where there is little room. `count`:
    which number of the frame stands beside it (`waiting`, `unread`). `staff_only`: for those who work at a center.
    """

    url_name: str
    label: Promise | str
    order: int
    icon: str = ""
    short: Promise | str = ""
    names: tuple[str, ...] = ()
    count: str = ""
    in_masthead: bool = True
    staff_only: bool = False


@dataclass(frozen=True)
class Link:
    """Menu entry with its address.

    `current` is `page` on its own page, `true` on one that belongs to it, else blank: aria-current.
    """

    entry: Entry
    url: str
    current: str


_guests: dict[tuple[Menu, str], set[str]] = {}
_menus: dict[Menu, dict[str, Entry]] = {menu: {} for menu in Menu}


def register(menu: Menu, *entries: Entry) -> None:
    """Add entries to a menu. Registering the same again is harmless."""
    for entry in entries:
        _menus[menu][entry.url_name] = entry


def belongs(menu: Menu, url_name: str, *names: str) -> None:
    """Declare that pages of another app, whose URL names begin so, belong to the entry of `url_name` as well."""
    _guests.setdefault((menu, url_name), set()).update(names)


def entries(menu: Menu) -> list[Entry]:
    """Entries of a menu in order."""
    return sorted(_menus[menu].values(), key=lambda entry: entry.order)


def links(menu: Menu, view_name: str, args: Sequence[Any] = ()) -> list[Link]:
    """Links of a menu on the page of this URL name.

    At most one entry is current: its own page's, else the first it belongs to.
    """
    found = entries(menu)
    own = next((entry for entry in found if entry.url_name == view_name), None)
    current = own or next((entry for entry in found if view_name.startswith(_names(menu, entry))), None)
    mark = "page" if own else "true"
    return [Link(entry, reverse(entry.url_name, args=list(args)), mark if entry is current else "") for entry in found]


def _names(menu: Menu, entry: Entry) -> tuple[str, ...]:
    return (*entry.names, *_guests.get((menu, entry.url_name), ()))
