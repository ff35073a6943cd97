"""Filters of lists.

What a client says and doesn't mean is refused by name, where django-filter would leave it out in silence.

A list that is wider than it was asked for does harm: a client that cancels "its own" bookings would cancel everybody's.
Parameters that no list knows are let through, as everywhere on the web.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import exceptions
from rest_framework.request import Request

YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


class YesNoField(forms.Field):
    """1, true, yes, on; 0, false, no, off; None where nothing is said."""

    def to_python(self, value: Any) -> bool | None:
        word = str(value or "").strip().lower()
        if not word:
            return None
        if word not in YES + NO:
            raise ValidationError(_("Say true or false."), code="invalid")
        return word in YES


class YesNoFilter(django_filters.BooleanFilter):
    """BooleanFilter that refuses what is neither yes nor no."""

    field_class = YesNoField


class StrictFilters(DjangoFilterBackend):
    """DjangoFilterBackend that refuses a known filter without a value."""

    def get_filterset(self, request: Request, queryset: Any, view: Any) -> Any:
        filterset = super().get_filterset(request, queryset, view)
        if filterset is not None:
            refuse_blank(request, filterset.filters)
        return filterset


def refuse_blank(request: Request, names: Collection[str]) -> None:
    """Raises ValidationError naming each of these parameters that is there without a value."""
    blank = [name for name in names if any(not value.strip() for value in request.query_params.getlist(name))]
    if blank:
        detail = exceptions.ErrorDetail(_("Say a value, or leave it out."), code="required")
        raise exceptions.ValidationError({name: [detail] for name in blank})


class MomentFilter(django_filters.IsoDateTimeFilter):
    """Filter by a moment, asked in UTC: PostgreSQL refuses offsets of sixteen hours and more, which ISO 8601 allows."""

    def filter(self, qs: Any, value: dt.datetime | None) -> Any:
        try:
            moment = value.astimezone(dt.UTC) if value else value
        except OverflowError:  # at either end of the calendar, where hours no longer matter
            moment = value.replace(tzinfo=dt.UTC) if value else value
        return super().filter(qs, moment)
