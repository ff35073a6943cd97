"""Extras beside an activity: what higher apps offer about it, at its desk or on its public page.

A higher app registers its own: this app doesn't know of ratings, ledgers or imports.
"""

import dataclasses
from collections.abc import Callable
from enum import StrEnum

from activities.models import Activity


class Place(StrEnum):
    """Place where extras are shown: at the desk, as a link in its head, as the origin under its title; in public."""

    DESK = "desk"
    DESK_LINK = "desk_link"
    ORIGIN = "origin"
    PUBLIC = "public"


@dataclasses.dataclass(frozen=True)
class Extra:
    """Extra: its label, with words, a link (`url`, whose button says `act`), and a path to be read from a QR code."""

    label: str = ""
    words: str = ""
    icon: str = ""
    url: str = ""
    act: str = ""
    code: str = ""


Finder = Callable[[Activity, Place], list[Extra]]

_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Register `finder` of the extras of an activity at a place. Registering the same again is harmless."""
    if finder not in _finders:
        _finders.append(finder)


def extras_of(activity: Activity, place: Place) -> list[Extra]:
    """Extras of an activity at a place. The number of queries is that of the finders."""
    return [extra for finder in _finders for extra in finder(activity, place)]
