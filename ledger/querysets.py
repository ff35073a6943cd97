"""Scopes over ledger files and the lines of the work log."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models

from activities.choices import COUNTED, ActivityState
from activities.querysets import ActivityQuerySet
from centers import access
from centers.choices import WORKING
from common import clock
from ledger.choices import OPEN, ExportState

if TYPE_CHECKING:
    from ledger.models import LedgerExport, LogLine  # noqa: F401  # the element types of the querysets


def kept(activities: ActivityQuerySet) -> ActivityQuerySet:
    """Activities of which there is something to keep: recorded, or held and not recorded yet."""
    held = models.Q(state=ActivityState.PUBLISHED, ends_at__lte=clock.now())
    return activities.filter(held | models.Q(state__in=COUNTED))


class ExportQuerySet(models.QuerySet["LedgerExport"]):
    def manageable_by(self, user: access.Viewer) -> Self:
        """Files about the centers one works for."""
        return self.filter(center__in=access.scope(user, WORKING)) if user.is_authenticated else self.none()

    def to_make(self, silent_since: dt.datetime) -> Self:
        """Files that wait, and those whose maker hasn't been heard of since then: its process was killed."""
        left = models.Q(state=ExportState.RUNNING, heard_at__lte=silent_since)
        return self.filter(models.Q(state=ExportState.QUEUED) | left).order_by("id")

    def unfinished(self) -> Self:
        return self.filter(state__in=OPEN)

    def past_keeping(self, now: dt.datetime) -> Self:
        """Files whose time in the storage is up."""
        return self.exclude(file_name="").filter(kept_until__lte=now)


class LogLineQuerySet(models.QuerySet["LogLine"]):
    def standing(self) -> Self:
        """Lines that no later one has corrected."""
        return self.filter(corrected_by__isnull=True)

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Lines of the days from `first` to `last`, both included."""
        return self.filter(day__gte=first, day__lte=last)
