"""Filters of the lists of spaces and bookings."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bookings.choices import Equipment, Status
from bookings.models import Booking, Space
from bookings.querysets import BookingQuerySet
from bookings.values.limits import LARGEST_HEADCOUNT
from centers.choices import AreaKind
from common.api.filters import MomentFilter, YesNoFilter


class SpaceFilter(django_filters.FilterSet):
    """`equipment` is repeated for each thing needed; all the others are said once."""

    center = django_filters.CharFilter(field_name="center__code", label=_("Code of a center"))
    area = django_filters.ChoiceFilter(field_name="area_kind", choices=AreaKind.choices, label=_("Functional area"))
    min_capacity = django_filters.NumberFilter(
        field_name="capacity",
        lookup_expr="gte",
        min_value=0,
        max_value=LARGEST_HEADCOUNT,
        label=_("For at least so many people"),
    )
    equipment = django_filters.MultipleChoiceFilter(
        choices=Equipment.choices, method="with_equipment", label=_("Repeated for each thing needed")
    )

    class Meta:
        model = Space
        fields: list[str] = []

    def with_equipment(self, queryset: QuerySet[Space], name: str, value: list[str]) -> QuerySet[Space]:
        return queryset.filter(equipment__contains=value)


class BookingFilter(django_filters.FilterSet):
    """`starts_from` and `starts_until` are a half-open stretch that the use begins in."""

    status = django_filters.MultipleChoiceFilter(choices=Status.choices, label=_("Repeated for any of several"))
    center = django_filters.CharFilter(field_name="space__center__code", label=_("Code of a center"))
    mine = YesNoFilter(method="only_mine", label=_("Only one's own"))
    starts_from = MomentFilter(field_name="starts_at", lookup_expr="gte", label=_("Begins at this moment or later"))
    starts_until = MomentFilter(field_name="starts_at", lookup_expr="lt", label=_("Begins before this moment"))

    class Meta:
        model = Booking
        fields: list[str] = []

    def only_mine(self, queryset: BookingQuerySet, name: str, value: bool) -> BookingQuerySet:
        return queryset.own(self.request.user) if value else queryset
