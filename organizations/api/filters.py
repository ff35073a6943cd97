"""Filters of the API's list of organisations."""

import datetime as dt

import django_filters
from django.utils.translation import gettext_lazy as _

from centers.models import Center
from common import clock
from organizations.filters import OrganizationFilter
from organizations.querysets import OrganizationQuerySet


class OrganizationApiFilter(OrganizationFilter):
    """Filters of the page, and besides one center alone and a day on which the organisations were there."""

    center = django_filters.CharFilter(method="filter_center", label=_("Code of a center"))
    active_on = django_filters.DateFilter(method="filter_active_on", label=_("There on this day"))

    def filter_center(self, queryset: OrganizationQuerySet, name: str, value: str) -> OrganizationQuerySet:
        return queryset.at(Center.objects.filter(code=value), clock.today())

    def filter_active_on(self, queryset: OrganizationQuerySet, name: str, value: dt.date) -> OrganizationQuerySet:
        return queryset.active_on(value)
