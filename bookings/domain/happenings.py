"""Happenings in a room: what is announced there in the coming time, shown on the room's page.

A higher app registers what it keeps in rooms: this app doesn't know of activities.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bookings.models import Space

SHOWN = 3


@dataclass(frozen=True)
class Happening:
    """Something announced: when, what, how one joins, and its page."""

    when: str
    what: str
    how: str
    url: str


Finder = Callable[[Space, int], list[Happening]]

_finders: dict[str, Finder] = {}


def register(name: str, finder: Finder) -> None:
    """Register what finds the next happenings in a room, the soonest first, so many at most."""
    _finders[name] = finder


def happenings_in(space: Space) -> list[Happening]:
    """The next happenings in a room. The number of queries is that of the finders."""
    return [one for finder in _finders.values() for one in finder(space, SHOWN)]
