"""Scopes over services."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Q, Value, When

from catalog.choices import Function
from centers import access
from centers.choices import PUBLIC, WORKING
from common import clock
from common.text import cleaned_text
from common.words.letters import typed_in_letters

if TYPE_CHECKING:
    from catalog.models import Service  # noqa: F401  # the element type of the queryset
    from centers.models import Center


class ServiceQuerySet(models.QuerySet["Service"]):
    def originals(self) -> Self:
        """Services themselves, without the adaptations that other centers made of them."""
        return self.filter(adapts=None)

    def offered(self) -> Self:
        """Originals that their own center offers: on, not withdrawn, of a public center."""
        return self.originals().filter(is_active=True, retired_at=None, center__status__in=PUBLIC)

    def visible_to(self, user: access.Viewer) -> Self:
        """Originals with a page: those of public centers, and of centers that `user` works for.

        One that is switched off or withdrawn keeps its page, which says so: links and codes in print lead there.
        """
        public = Q(center__status__in=PUBLIC)
        inside = Q(center__in=access.scope(user, WORKING)) if user.is_authenticated else Q()
        return self.originals().filter(public | inside)

    def search(self, text: str) -> Self:
        """Rows whose title in Chinese, in letters or in English, or whose line, holds every word of `text`."""
        found = self
        for word in cleaned_text(text).split():
            found = found.filter(
                Q(title__icontains=word)
                | Q(summary__icontains=word)
                | Q(title_en__icontains=word)
                | typed_in_letters(word)
            )
        return found

    def in_order(self) -> Self:
        """Services in the order of the seven functions, then of the register, then as they were added."""
        place = Case(*(When(function=one, then=Value(n)) for n, one in enumerate(Function)), default=Value(99))
        return self.order_by(place, "center__order", "center__code", "pk")

    def above(self, center: "Center") -> Self:
        """Rows of `center` and of the centers above it today."""
        lineage = apps.get_model("centers", "CenterAncestor").objects.on(clock.today()).filter(center=center)
        return self.filter(center__in=lineage.values("ancestor"))
