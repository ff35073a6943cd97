"""Filters of figures."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from centers.models import Center
from centers.querysets import CenterQuerySet
from stats.domain import metrics as registry
from stats.exceptions import UnknownPeriod
from stats.values.periods import Period


class PeriodField(forms.CharField):
    """Period as `2026-10`, `2026-Q3`, `2026`, `2026-10-ytd` or `all`."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        period = Period.said(text) if text else None
        if text and period is None:
            raise ValidationError(UnknownPeriod.message, code="invalid")
        return period


class PeriodFilter(django_filters.CharFilter):
    """Filter that says of which period figures are given."""

    field_class = PeriodField


def metric_choices() -> list[tuple[str, str]]:
    return [(metric.code, str(metric.name)) for metric in registry.all_metrics()]


class FigureFilter(django_filters.FilterSet):
    """`center` chooses among the centers; `period` and `metric` say what is given of each."""

    center = django_filters.CharFilter(field_name="code", label=_("Code of a center"))
    period = PeriodFilter(
        method="unchanged",
        label=_("As 2026-10, 2026-Q3, 2026, 2026-10-ytd or all; the present month where it is left out"),
    )
    metric = django_filters.MultipleChoiceFilter(
        choices=metric_choices, method="of_metrics", label=_("Repeated for any of several")
    )

    class Meta:
        model = Center
        fields: list[str] = []

    @extend_schema_field(OpenApiTypes.STR)
    def of_metrics(self, queryset: CenterQuerySet, _name: str, _value: list[str]) -> CenterQuerySet:
        """Centers stay: what is given of them is chosen."""
        return queryset

    def unchanged(self, queryset: CenterQuerySet, _name: str, _value: Any) -> CenterQuerySet:
        """Centers stay: what is given of them is chosen."""
        return queryset
