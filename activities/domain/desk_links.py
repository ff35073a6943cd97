"""Links that higher apps put onto the desk of an activity, such as to its ledger."""

import dataclasses
from collections.abc import Callable

from django.utils.functional import Promise

from activities.models import Activity


@dataclasses.dataclass(frozen=True)
class DeskLink:
    """Link with its words and the name of its icon."""

    label: Promise | str
    url: str
    icon: str = ""


# The activity -> the link, or None where it has none of the kind. No query.
Source = Callable[[Activity], DeskLink | None]

_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Add a source of links. Registering the same name again replaces it."""
    _sources[name] = source


def links_for(activity: Activity) -> list[DeskLink]:
    """Links of an activity, for those who work at its center, by the names of their sources."""
    found = [_sources[name](activity) for name in sorted(_sources)]
    return [link for link in found if link is not None]
