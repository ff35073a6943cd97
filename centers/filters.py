"""Filters of the list of centers, for page and API alike."""

import functools

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from centers.domain.hours import OpenState
from centers.domain.snapshot import NetworkSnapshot
from centers.models import Center, Level
from centers.querysets import CenterQuerySet
from common import clock


class CenterFilter(django_filters.FilterSet):
    """Filter of centers.

    `q`: words of the name; `under`: a center's code, for it and all below; `level`: a level's code; `open_now` and
    `open_tonight`: yes or nothing.
    """

    q = django_filters.CharFilter(method="filter_q", label=_("Village, community or center"))
    under = django_filters.ModelChoiceFilter(
        queryset=Center.objects.public(), to_field_name="code", method="filter_under", label=_("Part of the network")
    )
    level = django_filters.ModelChoiceFilter(queryset=Level.objects.all(), label=_("Level"))
    open_now = django_filters.BooleanFilter(method="filter_open_now", label=_("Open now"), widget=forms.CheckboxInput)
    open_tonight = django_filters.BooleanFilter(
        method="filter_open_tonight", label=_("Open tonight"), widget=forms.CheckboxInput
    )

    class Meta:
        model = Center
        fields = ("q", "under", "level", "open_now", "open_tonight")

    @functools.cached_property
    def snapshot(self) -> NetworkSnapshot:
        """Snapshot of the network as it stands."""
        return NetworkSnapshot.take()

    @functools.cached_property
    def states(self) -> dict[int, OpenState]:
        """Open state of each public center now."""
        return self.snapshot.open_states()

    def filter_q(self, queryset: CenterQuerySet, name: str, value: str) -> CenterQuerySet:
        return queryset.search(value)

    def filter_under(self, queryset: CenterQuerySet, name: str, value: Center | None) -> CenterQuerySet:
        return queryset if value is None else queryset.under([value.pk], clock.today())

    def filter_open_now(self, queryset: CenterQuerySet, name: str, value: bool) -> CenterQuerySet:
        if not value:
            return queryset
        return queryset.filter(pk__in=[center for center, state in self.states.items() if state.is_open])

    def filter_open_tonight(self, queryset: CenterQuerySet, name: str, value: bool) -> CenterQuerySet:
        if not value:
            return queryset
        now = clock.now()
        return queryset.filter(pk__in=[center for center, state in self.states.items() if state.is_open_tonight(now)])
