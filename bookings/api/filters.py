"""What lists of spaces and bookings can be narrowed by."""

import django_filters

from bookings.choices import Equipment, Status
from bookings.models import Booking, Space
from centers.choices import AreaKind


class SpaceFilter(django_filters.FilterSet):
    """`center` and `area` by code, `min_capacity` in people, `equipment` repeated for each thing needed."""

    center = django_filters.CharFilter(field_name="center__code")
    area = django_filters.ChoiceFilter(field_name="area_kind", choices=AreaKind.choices)
    min_capacity = django_filters.NumberFilter(field_name="capacity", lookup_expr="gte", min_value=0, max_value=2000)
    equipment = django_filters.MultipleChoiceFilter(choices=Equipment.choices, lookup_expr="contains", method="with_equipment")

    class Meta:
        model = Space
        fields: list[str] = []

    def with_equipment(self, queryset, name, value):  # type: ignore[no-untyped-def]
        return queryset.filter(equipment__contains=value)


class BookingFilter(django_filters.FilterSet):
    """`status`, `center` by code, `mine` for one's own only, and the stretch `from`–`until` that the use begins in."""

    status = django_filters.MultipleChoiceFilter(choices=Status.choices)
    center = django_filters.CharFilter(field_name="space__center__code")
    mine = django_filters.BooleanFilter(method="only_mine")
    starts_from = django_filters.IsoDateTimeFilter(field_name="starts_at", lookup_expr="gte")
    starts_until = django_filters.IsoDateTimeFilter(field_name="starts_at", lookup_expr="lt")

    class Meta:
        model = Booking
        fields: list[str] = []

    def only_mine(self, queryset, name, value):  # type: ignore[no-untyped-def]
        return queryset.own(self.request.user) if value else queryset
