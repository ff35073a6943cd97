"""Scopes over ratings and follow-ups."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q

from centers import access
from centers.choices import WORKING
from ratings.choices import BAD, SATISFIED

if TYPE_CHECKING:
    from ratings.models import FollowUp, Rating  # noqa: F401  # the element types of the querysets


class RatingQuerySet(models.QuerySet["Rating"]):
    def visible_to(self, user: access.Viewer) -> Self:
        """Ratings of the centers one works for, with all below them; nobody else reads a single one."""
        return self.filter(center__in=access.scope(user, WORKING)) if user.is_authenticated else self.none()

    def under(self, center_id: int, day: dt.date) -> Self:
        """Ratings of a center and of all that stand below it on `day`."""
        edges = {"center__ancestor_rows__ancestor": center_id, "center__ancestor_rows__valid__contains": day}
        return self.filter(**edges)

    def since(self, moment: dt.datetime) -> Self:
        return self.filter(given_at__gte=moment)

    def bad(self) -> Self:
        return self.filter(grade__in=BAD)

    def satisfaction(self, field: str) -> models.QuerySet["Rating", tuple[int, int, int]]:
        """Triples of the value of `field`, the number of answers and how many of them are satisfied."""
        counted = self.order_by().values(field).annotate(n=Count("pk"), ok=Count("pk", filter=Q(grade__in=SATISFIED)))
        return counted.values_list(field, "n", "ok")

    def of_visits(self, keys: Sequence[str]) -> Self:
        """Ratings of the visit with these keys (`Subject.visits`), the first of which may be another one's browser."""
        return self.filter(Q(visit__in=keys) | Q(browser_visit=keys[0])) if keys else self.none()


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: access.Viewer) -> Self:
        """Follow-ups of the centers one works for, with all below them."""
        return self.filter(rating__center__in=access.scope(user, WORKING)) if user.is_authenticated else self.none()

    def open(self) -> Self:
        return self.filter(called_at__isnull=True)

    def verify_overdue(self, now: dt.datetime) -> Self:
        return self.open().filter(verified_at__isnull=True, verify_by__lte=now)

    def finish_overdue(self, now: dt.datetime) -> Self:
        return self.open().filter(finish_by__lte=now)
