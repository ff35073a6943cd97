"""Filters of the list of services, for page and API alike."""

import functools
from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from catalog.choices import Audience, Function, Group
from catalog.domain.offers import Offer, offers_at
from catalog.forms.place import CenterField
from catalog.models import Service
from catalog.querysets import ServiceQuerySet
from catalog.selectors.search import matching
from centers.models import Center
from common.forms.widgets import NamesSelect


class CenterFilter(django_filters.ModelChoiceFilter):
    """Filter by a public center's code."""

    field_class = CenterField


class ServiceFilter(django_filters.FilterSet):
    """Filter of services.

    `q`: words, in Chinese or in letters; `function`; `audience` and `groups`: whom it is for; `center`: the code of a
    center, for what is offered there.
    """

    q = django_filters.CharFilter(method="filter_q", label=_("What you look for"))
    function = django_filters.ChoiceFilter(choices=Function.choices, label=_("Function"), empty_label=_("All"))
    audience = django_filters.ChoiceFilter(
        choices=Audience.choices, method="filter_several", label=_("Whom it is for"), empty_label=_("All")
    )
    groups = django_filters.ChoiceFilter(
        choices=Group.choices, method="filter_several", label=_("Specially for"), empty_label=_("All")
    )
    center = CenterFilter(
        queryset=Center.objects.public().in_register_order(),
        to_field_name="code",
        method="filter_center",
        label=_("Offered at a center"),
        empty_label=_("All"),
        widget=NamesSelect,
    )

    class Meta:
        model = Service
        fields: list[str] = []

    @property
    def chosen(self) -> dict[str, Any]:
        """Values of the filters that are understood."""
        return dict(getattr(self.form, "cleaned_data", {}))

    @functools.cached_property
    def offers(self) -> dict[int, Offer]:
        """Offers of the chosen center by the id of the service; empty where none is chosen. One query."""
        center = self.chosen.get("center")
        return {one.service.pk: one for one in offers_at(center)} if center else {}

    def offer_of(self, service: Service) -> Offer:
        """A service in the words of the chosen center."""
        return self.offers.get(service.pk) or Offer(service)

    def filter_q(self, queryset: ServiceQuerySet, name: str, value: str) -> ServiceQuerySet:
        return queryset.filter(pk__in=matching(value).values("pk"))

    def filter_several(self, queryset: ServiceQuerySet, name: str, value: str) -> ServiceQuerySet:
        return queryset.filter(**{f"{name}__contains": [value]})

    def filter_center(self, queryset: ServiceQuerySet, name: str, value: Center | None) -> ServiceQuerySet:
        return queryset if value is None else queryset.filter(pk__in=self.offers)
