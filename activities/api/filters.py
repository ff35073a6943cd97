"""Filters of the lists of activities and sign-ups."""

import datetime as dt
from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from activities.choices import PUBLIC_KIND_CHOICES, Audience, SignUpState
from activities.models import Activity, SignUp
from activities.querysets import ActivityQuerySet, SignUpQuerySet
from common import clock
from common.api.filters import YesNoFilter
from common.forms.validators import within_bounds


class DayFilter(django_filters.DateFilter):
    """DateFilter whose days have a midnight before and behind them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, validators=[within_bounds], **kwargs)


class ActivityFilter(django_filters.FilterSet):
    """`first` and `last` are days in Shanghai, both included; what goes on during one of them is found."""

    center = django_filters.CharFilter(
        field_name="center__code", label=_("Code of a center: the one that leads the activity")
    )
    kind = django_filters.MultipleChoiceFilter(choices=PUBLIC_KIND_CHOICES, label=_("Repeated for any of several"))
    audience = django_filters.MultipleChoiceFilter(
        choices=Audience.choices, method="for_audience", label=_("Repeated for any of several")
    )
    theme = django_filters.NumberFilter(field_name="theme", label=_("Number of a theme"))
    campaign = django_filters.NumberFilter(field_name="campaign", label=_("Number of a campaign"))
    first = DayFilter(method="from_day", label=_("First day; today where it is left out"))
    last = DayFilter(method="until_day", label=_("Last day, included"))
    has_places = YesNoFilter(
        method="with_places", label=_("Whether somebody who signs up now gets a place, without waiting")
    )

    class Meta:
        model = Activity
        fields: list[str] = []

    def filter_queryset(self, queryset: ActivityQuerySet) -> ActivityQuerySet:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data["first"] else self.from_day(found, "first", clock.today())

    def for_audience(self, queryset: ActivityQuerySet, name: str, value: list[str]) -> ActivityQuerySet:
        return queryset.for_audience(*value)

    def from_day(self, queryset: ActivityQuerySet, name: str, value: dt.date) -> ActivityQuerySet:
        return queryset.filter(ends_at__gt=clock.midnight(value))

    def until_day(self, queryset: ActivityQuerySet, name: str, value: dt.date) -> ActivityQuerySet:
        return queryset.filter(starts_at__lt=clock.midnight(value + dt.timedelta(days=1)))

    def with_places(self, queryset: ActivityQuerySet, name: str, value: bool) -> ActivityQuerySet:
        open_now = queryset.with_free_places(clock.now())
        return open_now if value else queryset.exclude(pk__in=open_now.order_by().values("pk"))


class SignUpFilter(django_filters.FilterSet):
    """Filters of one's own sign-ups."""

    state = django_filters.MultipleChoiceFilter(choices=SignUpState.choices, label=_("Repeated for any of several"))
    coming = YesNoFilter(method="only_coming", label=_("Only those that may still lead to coming"))

    class Meta:
        model = SignUp
        fields: list[str] = []

    def only_coming(self, queryset: SignUpQuerySet, name: str, value: bool) -> SignUpQuerySet:
        return queryset.live().coming(clock.now()) if value else queryset
