"""Scopes over organisations and where they stand."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, F, Func, OuterRef, Prefetch, Q, Subquery

from centers import access
from centers.choices import PUBLIC, WORKING
from common import clock
from common.text import cleaned_text
from common.words.letters import typed_in_letters

if TYPE_CHECKING:
    from organizations.models import Organization  # noqa: F401  # the element type of the queryset


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def visible_to(self, user: access.Viewer) -> Self:
        """Organisations of public centers to all; of others to those who work at the center, by today's tree."""
        allowed = Q(center__status__in=PUBLIC)
        if user.is_authenticated:
            allowed |= Q(center__in=access.scope(user, WORKING))
        return self.filter(Exists(_standing(clock.today()).filter(allowed)))

    def workable_by(self, user: access.Viewer) -> Self:
        """Organisations of the centers one works for, by today's tree."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Exists(_standing(clock.today()).filter(center__in=access.scope(user, WORKING))))

    def active_on(self, day: dt.date) -> Self:
        """Organisations founded on `day` or before, and not dissolved by then."""
        return self.filter(
            Q(founded_on__isnull=True) | Q(founded_on__lte=day), Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=day)
        )

    def not_dissolved(self, day: dt.date) -> Self:
        """Organisations there on `day` or to come."""
        return self.filter(Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=day))

    def at(self, center_ids: Any, on: dt.date) -> Self:
        """Organisations standing under these very centers on `on`."""
        return self.filter(Exists(_standing(on).filter(center__in=center_ids)))

    def under(self, center_ids: Any, on: dt.date) -> Self:
        """Organisations of centers with these ids and of all that stand below them, by the tree of `on`."""
        return self.filter(
            Exists(
                _standing(on).filter(
                    center__ancestor_rows__ancestor__in=center_ids, center__ancestor_rows__valid__contains=on
                )
            )
        )

    def active_under(self, center_ids: Any, first: dt.date, last: dt.date) -> Self:
        """Organisations that on some day from `first` to `last` (included) were active and stood under these centers.

        By the tree of that very day. Four stretches of days have a day in common if each two of them have.
        """
        days = DateRange(first, last, "[]")
        edges = apps.get_model("centers", "CenterAncestor").objects.filter(
            ancestor__in=center_ids,
            center=OuterRef("center"),
            valid__overlap=days,
        )
        places = apps.get_model("organizations", "OrganizationCenter").objects.filter(
            organization=OuterRef("pk"), valid__overlap=days
        )
        in_tree = edges.filter(valid__overlap=OuterRef("valid")).filter(valid__overlap=OuterRef(OuterRef("lifetime")))
        lifetime = Func(F("founded_on"), F("dissolved_on"), function="daterange", output_field=DateRangeField())
        return self.alias(lifetime=lifetime).filter(
            Exists(places.filter(valid__overlap=OuterRef("lifetime")).filter(Exists(in_tree))), lifetime__overlap=days
        )

    def search(self, text: str) -> Self:
        """Organisations whose name, short name or name in letters holds every word of `text`."""
        found = self
        for word in cleaned_text(text).split():
            names = Q(name__icontains=word) | Q(short_name__icontains=word) | Q(name_en__icontains=word)
            found = found.filter(names | typed_in_letters(word))
        return found

    def with_center(self, on: dt.date) -> Self:
        """Loads the center of each on `on`, as `Organization.center` reads it. One query more, however many rows."""
        return self.prefetch_related(
            Prefetch("placements", queryset=_placements().on(on).select_related("center__level"), to_attr="standing")
        )

    def in_register_order(self, on: dt.date) -> Self:
        """In the order of the centers they stand under on `on`, then as they were entered."""
        order = _standing(on).values("center__order")[:1]
        return self.annotate(center_order=Subquery(order)).order_by("center_order", "pk")


def _placements() -> Any:
    return apps.get_model("organizations", "OrganizationCenter").objects.all()


def _standing(on: dt.date) -> Any:
    """Place of the outer query's organisation on `on`."""
    return _placements().on(on).filter(organization=OuterRef("pk"))
