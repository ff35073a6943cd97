"""Scopes over the network."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from centers.choices import PUBLIC
from common import clock
from common.text import cleaned_text
from common.words.letters import typed_in_letters

if TYPE_CHECKING:
    from centers.models import Center, CenterRole  # noqa: F401  # the element types of the querysets


Row = TypeVar("Row", bound=models.Model)


class DatedQuerySet(models.QuerySet[Row]):
    """Rows with a `valid` date range."""

    def on(self, day: dt.date) -> Self:
        """Rows valid on `day`."""
        return self.filter(valid__contains=day)

    def not_over(self, day: dt.date) -> Self:
        """Rows valid on `day` or to come."""
        return self.filter(Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=day))


class RoleQuerySet(DatedQuerySet["CenterRole"]):
    """Roles by date. One that was withdrawn counts on the days before that, and not on the day itself."""

    def on(self, day: dt.date) -> Self:
        """Roles held on `day`."""
        return super().on(day).filter(_kept_through(day))

    def not_over(self, day: dt.date) -> Self:
        """Roles held on `day` or to come."""
        return super().not_over(day).filter(_kept_through(day))


def _kept_through(day: dt.date) -> Q:
    tomorrow = clock.midnight(day + dt.timedelta(days=1))
    return Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=tomorrow)


class CenterQuerySet(models.QuerySet["Center"]):
    def public(self) -> Self:
        """Centers that residents see: operating, or suspended and said to be so."""
        return self.filter(status__in=PUBLIC)

    def under(self, center_ids: Any, on: dt.date) -> Self:
        """Centers with these ids and all that stand below them on `on`."""
        return self.filter(ancestor_rows__ancestor__in=center_ids, ancestor_rows__valid__contains=on).distinct()

    def with_parent_code(self, on: dt.date) -> Self:
        """Annotates `parent_code`: the code of the center it stands under on `on`, None at the top."""
        above = apps.get_model("centers", "CenterParent").objects.filter(center=OuterRef("pk"), valid__contains=on)
        return self.annotate(parent_code=Subquery(above.values("parent__code")[:1]))

    def in_register_order(self) -> Self:
        return self.order_by("order", "code")

    def search(self, text: str) -> Self:
        """Centers whose name in Chinese or in letters, or code from its beginning, holds every word of `text`.

        Names are kept composed (NFC), and so the words are looked for: an é of two characters is the é of one.
        """
        found = self
        for word in cleaned_text(text).split():
            names = Q(name__icontains=word) | Q(official_name__icontains=word) | Q(name_en__icontains=word)
            found = found.filter(names | typed_in_letters(word) | Q(code__startswith=word))
        return found
