"""Conflicts with a center's opening hours, such as bookings outside them, shown where the hours are set.

They don't prevent a change of the hours. A higher app registers what it keeps for a time of day: this app doesn't know
of bookings.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from centers.models import Center


@dataclass(frozen=True)
class Conflict:
    """Number of conflicts in words of the active language, and the page that lists them."""

    words: str
    url: str


@dataclass(frozen=True)
class Conflicts:
    """Conflicts of a center and all below it: all `together` (None: nothing), and those `on` each date that has any."""

    together: Conflict | None = None
    on: Mapping[dt.date, Conflict] = field(default_factory=dict)


Finder = Callable[[Center], Conflicts]
Lock = Callable[[Center], object]

_finders: dict[Finder, Lock] = {}


def register(finder: Finder, lock: Lock) -> None:
    """Register `finder`, which finds conflicts with a center's hours, and `lock`, which keeps new ones out.

    The lock holds until the transaction ends. Registering the same again is harmless.
    """
    _finders[finder] = lock


def lock(center: Center) -> None:
    """Lock out what would be added under the present hours of `center`.

    To be called in a transaction, before its rows are locked.
    """
    for one in _finders.values():
        one(center)


def conflicts_of(center: Center) -> list[Conflicts]:
    """Conflicts that each app finds with the hours of `center` as they stand."""
    return [finder(center) for finder in _finders]
