"""Scopes over imports and their rows."""

from typing import TYPE_CHECKING, Self

from django.db import models

from centers import access
from centers.choices import WORKING
from imports.choices import OPEN, RUNNING, Verdict

if TYPE_CHECKING:
    from imports.models import Import, ImportRow  # noqa: F401  # the element types of the querysets


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, user: access.Viewer) -> Self:
        """Imports of the centers one works for: old sheets are nobody else's business."""
        return self.filter(center__in=access.scope(user, WORKING)) if user.is_authenticated else self.none()

    def running(self) -> Self:
        """Imports that a worker is at, or is to be."""
        return self.filter(state__in=RUNNING)


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def ready(self) -> Self:
        """Rows to be written: new ones, and changes that somebody has agreed to."""
        return self.filter(is_ready=True, written_at=None)

    def open(self) -> Self:
        """Rows that somebody has to decide about."""
        return self.filter(verdict__in=OPEN, is_ready=False, written_at=None)

    def standing(self) -> Self:
        """Rows whose activity, or change of one, stands."""
        return self.filter(written_at__isnull=False, undone_at=None)

    def refused(self) -> Self:
        """Rows that the sheet has to be corrected for."""
        return self.filter(verdict=Verdict.REFUSED)
