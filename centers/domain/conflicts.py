"""What stands in the way of a center's hours, shown where they are set.

The change is made all the same, but not without being told.

A higher app registers what it keeps for a time of day; this app never hears what a booking is.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from centers.models import Center


@dataclass(frozen=True)
class Conflict:
    """So many of something, in words of the active language, and the page that lists just these."""

    words: str
    url: str


@dataclass(frozen=True)
class Conflicts:
    """Of a center and all below it: all `together` (None: nothing), and those `on` each date that has any."""

    together: Conflict | None = None
    on: Mapping[dt.date, Conflict] = field(default_factory=dict)


Finder = Callable[[Center], Conflicts]
Lock = Callable[[Center], object]

_finders: dict[Finder, Lock] = {}


def register(finder: Finder, lock: Lock) -> None:
    """Let `finder` say what lies outside a center's hours, and `lock` keep more of it from coming.

    The lock holds until the transaction ends. Registering the same again is harmless.
    """
    _finders[finder] = lock


def lock(center: Center) -> None:
    """Let nothing be added under the hours of `center` as they stand.

    To be called in a transaction, before its rows are locked.
    """
    for one in _finders.values():
        one(center)


def conflicts_of(center: Center) -> list[Conflicts]:
    """What each app has to say about the hours of `center` as they stand."""
    return [finder(center) for finder in _finders]
