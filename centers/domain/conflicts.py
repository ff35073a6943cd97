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

_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Let `finder` say what lies outside the hours of a center. Registering the same again is harmless."""
    if finder not in _finders:
        _finders.append(finder)


def conflicts_of(center: Center) -> list[Conflicts]:
    """What each app has to say about the hours of `center` as they stand."""
    return [finder(center) for finder in _finders]
