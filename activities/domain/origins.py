"""Origins of activities: where one was taken from, shown on its desk.

A higher app registers its own: this app doesn't know of imports.
"""

import dataclasses
from collections.abc import Callable

from activities.models import Activity


@dataclasses.dataclass(frozen=True)
class Origin:
    """Origin of an activity in words, and the page about it."""

    words: str
    url: str


Finder = Callable[[Activity], Origin | None]

_finders: dict[str, Finder] = {}


def register(name: str, finder: Finder) -> None:
    """Register what knows the origin of some activities. Registering the same again is harmless."""
    _finders[name] = finder


def origin_of(activity: Activity) -> Origin | None:
    """Origin of an activity; None for one that was entered here."""
    return next((origin for finder in _finders.values() if (origin := finder(activity))), None)
