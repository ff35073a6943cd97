"""Deciding requests: the reason of a rejection, and the filters of the queue."""

import datetime as dt

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.models import Booking
from bookings.querysets import BookingQuerySet
from bookings.selectors.queue import STATES
from bookings.selectors.unusable import unusable_days
from centers.models import Center
from common import clock
from common.forms.fields import TextField
from common.forms.validators import within_bounds


class RejectForm(forms.Form):
    """Why a request isn't granted: the person reads it."""

    reason = TextField(
        label=_("Reason"),
        max_length=200,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The person reads this. Say what they could change, or where else there is room."),
    )


class QueueFilter(django_filters.FilterSet):
    """Filter of requests and bookings of the centers one works for: by number, name or phone, status, center and day.

    `status` is any of `bookings.selectors.queue`, which lists them by it. `center` takes in all below it unless `only`
    is set; `outside`: those to come that can't be used any more.
    """

    q = django_filters.CharFilter(label=_("Number, name, last four digits of the phone"), method="looked_up")
    status = django_filters.ChoiceFilter(label=_("Status"), choices=STATES, empty_label=_("All"), method="listed")
    center = django_filters.CharFilter(label=_("Center"), method="under")
    day = django_filters.DateFilter(
        label=_("Day"),
        method="on_day",
        validators=[within_bounds],
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    only = django_filters.BooleanFilter(
        label=_("Without the centers below"), method="as_it_is", widget=forms.CheckboxInput
    )
    outside = django_filters.BooleanFilter(
        label=_("Can't be used any more"), method="unusable", widget=forms.CheckboxInput
    )

    class Meta:
        model = Booking
        fields = ("q", "status", "center", "day", "only", "outside")

    def looked_up(self, queryset: BookingQuerySet, name: str, text: str) -> BookingQuerySet:
        return queryset.search(text)

    def listed(self, queryset: BookingQuerySet, name: str, state: str) -> BookingQuerySet:
        """`queue` has listed them by it."""
        return queryset

    def under(self, queryset: BookingQuerySet, name: str, code: str) -> BookingQuerySet:
        centers = Center.objects.filter(code=code)
        if self.form.cleaned_data["outside"] and not self.form.cleaned_data["only"]:
            # Hours are those of the day of use, so what they leave outside is counted by who stands below then.
            return queryset.used_under(centers.values_list("pk", flat=True))
        if not self.form.cleaned_data["only"]:
            centers = Center.objects.under(centers.values("pk"), clock.today())
        return queryset.filter(space__center__in=centers)

    def as_it_is(self, queryset: BookingQuerySet, name: str, value: bool) -> BookingQuerySet:
        """`only` says how the center is meant, and leaves nobody out by itself."""
        return queryset

    def unusable(self, queryset: BookingQuerySet, name: str, value: bool) -> BookingQuerySet:
        return queryset.filter(pk__in=unusable_days(queryset)) if value else queryset

    def on_day(self, queryset: BookingQuerySet, name: str, day: dt.date) -> BookingQuerySet:
        """Bookings of that day, from morning to evening."""
        of_day = queryset.overlapping(clock.midnight(day), clock.midnight(day + dt.timedelta(days=1)))
        return of_day.order_by("starts_at", "id")
