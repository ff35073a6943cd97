"""Withdrawal of imported activities: what keeps one from being withdrawn.

A higher app registers what has been reported: this app doesn't know of reports.
"""

from collections.abc import Callable, Collection
from enum import StrEnum

from activities.choices import ActivityState, ActivityVerb
from activities.models import Activity, ActivityEvent, Photo


class Standing(StrEnum):
    """Reason for which an activity stays."""

    EDITED = "edited"
    REPORTED = "reported"


Finder = Callable[[Collection[int]], Collection[int]]

_reports: dict[str, Finder] = {}


def register_report(name: str, finder: Finder) -> None:
    """Register what finds, among activities by id, those that were reported. Registering the same again is harmless."""
    _reports[name] = finder


def unregister_report(name: str) -> None:
    _reports.pop(name, None)


def reported(pks: Collection[int]) -> set[int]:
    """Activities among these, by id, that a report was made of."""
    return {pk for finder in _reports.values() for pk in finder(pks)}


def why_they_stand(pks: Collection[int]) -> dict[int, Standing]:
    """Reason by id of those that can't be withdrawn: they were reported, or touched since they were imported.

    Whatever wasn't imported counts as touched. Three queries and those of the reports.
    """
    edited = set(
        ActivityEvent.objects.filter(activity__in=pks)
        .exclude(verb=ActivityVerb.IMPORT)
        .values_list("activity", flat=True)
    )
    edited |= set(Photo.objects.filter(activity__in=pks).values_list("activity", flat=True))
    recorded = Activity.objects.filter(pk__in=pks, state=ActivityState.RECORDED)
    edited |= set(pks) - set(recorded.values_list("pk", flat=True))
    return dict.fromkeys(edited, Standing.EDITED) | dict.fromkeys(reported(pks), Standing.REPORTED)
