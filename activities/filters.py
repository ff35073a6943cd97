"""Filters of the public list of activities and of the staff's."""

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from activities.choices import (
    CHANGEABLE,
    ENDED,
    PUBLIC_KIND_CHOICES,
    ActivityFormat,
    ActivityKind,
    ActivityState,
    Audience,
    Reach,
    RectificationState,
    VisitState,
)
from activities.domain.nearby import centers_within
from activities.models import Activity, Campaign, Rectification, Theme, VisitRequest
from activities.querysets import ActivityQuerySet, RectificationQuerySet, VisitRequestQuerySet
from centers.models import Center
from centers.selectors.near_choices import NearChoices
from common import clock
from common.forms.validators import within_bounds


class PublicActivityFilter(django_filters.FilterSet):
    """Filter of activities.

    `q`: words of title, theme or place; `near`: the code of a center, and `reach` how far from it (around it, unless
    said); `free`: only those with free places; `theme`, `campaign`: numbers of one.
    """

    q = django_filters.CharFilter(method="filter_q", label=_("Title, theme or place"))
    audience = django_filters.ChoiceFilter(choices=Audience.choices, method="filter_audience", label=_("Who comes"))
    kind = django_filters.ChoiceFilter(choices=PUBLIC_KIND_CHOICES, label=_("What kind"))
    free = django_filters.BooleanFilter(method="filter_free", label=_("Free places"), widget=forms.CheckboxInput)
    reach = django_filters.ChoiceFilter(choices=Reach.choices, method="filter_reach", label=_("How far"))
    theme = django_filters.ModelChoiceFilter(queryset=Theme.objects.all(), label=_("Theme"))
    campaign = django_filters.ModelChoiceFilter(queryset=Campaign.objects.all(), label=_("Campaign"))

    class Meta:
        model = Activity
        fields = ("q", "audience", "kind", "free", "reach", "theme", "campaign")

    def __init__(self, data: Any, queryset: ActivityQuerySet, *, places: NearChoices) -> None:
        self.places = places
        asked = data.copy()
        if not asked.get("reach"):
            asked["reach"] = Reach.AROUND if places.chosen else Reach.EVERYWHERE
        super().__init__(asked, queryset=queryset)

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that hold, as the address says them."""
        self.form.is_valid()
        said = {name: value for name, value in self.form.cleaned_data.items() if value}
        return {**said, "free": "true"} if said.get("free") else said

    def filter_q(self, queryset: ActivityQuerySet, name: str, value: str) -> ActivityQuerySet:
        return queryset.search(value)

    def filter_audience(self, queryset: ActivityQuerySet, name: str, value: str) -> ActivityQuerySet:
        return queryset.for_audience(value)

    def filter_free(self, queryset: ActivityQuerySet, name: str, value: bool) -> ActivityQuerySet:
        return queryset.with_free_places(clock.now()) if value else queryset

    def filter_reach(self, queryset: ActivityQuerySet, name: str, value: str) -> ActivityQuerySet:
        if value == Reach.ONLINE:
            return queryset.filter(format__in=(ActivityFormat.ONLINE, ActivityFormat.BOTH))
        if self.places.chosen is None:
            return queryset
        within = centers_within(self.places.snapshot.centers, self.places.chosen, value)
        return queryset if within is None else queryset.at_centers(within)


OPEN, TO_RECORD, COMING, DRAFT, RECORDED, CANCELLED, TAKING_PLACE, ALL = (
    "open",
    "to_record",
    "coming",
    "draft",
    "recorded",
    "cancelled",
    "taking_place",
    "all",
)
STATES = (
    (OPEN, _("To do and coming")),
    (TO_RECORD, _("To record")),
    (COMING, _("Coming")),
    (DRAFT, _("Drafts")),
    (RECORDED, _("Recorded")),
    (CANCELLED, _("Cancelled")),
    (TAKING_PLACE, _("All but drafts and cancelled ones")),
    (ALL, _("All")),
)


class LedActivityFilter(django_filters.FilterSet):
    """Filter of the activities of the centers one works for: by state, kind, day and center.

    `center` takes in all below it unless `only` is set.
    """

    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, empty_label=None, method="in_state")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=ActivityKind.choices, empty_label=_("All"))
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

    class Meta:
        model = Activity
        fields = ("state", "kind", "center", "day", "only")

    def in_state(self, queryset: ActivityQuerySet, name: str, state: str) -> ActivityQuerySet:
        now = clock.now()
        found = {
            OPEN: queryset.filter(state__in=CHANGEABLE),
            TO_RECORD: queryset.unrecorded(now),
            COMING: queryset.coming(now),
            DRAFT: queryset.filter(state=ActivityState.DRAFT),
            RECORDED: queryset.counted(),
            CANCELLED: queryset.filter(state=ActivityState.CANCELLED),
            TAKING_PLACE: queryset.exclude(state__in=(*ENDED, ActivityState.DRAFT)),
        }
        return found.get(state, queryset)

    def on_day(self, queryset: ActivityQuerySet, name: str, day: dt.date) -> ActivityQuerySet:
        """Activities that meet that day."""
        start = clock.midnight(day)
        return queryset.filter(starts_at__lt=start + dt.timedelta(days=1), ends_at__gt=start)

    def under(self, queryset: ActivityQuerySet, name: str, code: str) -> ActivityQuerySet:
        centers = Center.objects.filter(code=code)
        if not self.form.cleaned_data["only"]:
            centers = Center.objects.under(centers.values("pk"), clock.today())
        return queryset.filter(center__in=centers)

    def as_it_is(self, queryset: ActivityQuerySet, name: str, value: bool) -> ActivityQuerySet:
        """`only` says how the center is meant, and leaves nobody out by itself."""
        return queryset


OVERDUE = "overdue"
RECTIFICATION_STATES = (
    (OPEN, _("Not over yet")),
    (OVERDUE, _("Overdue")),
    (RectificationState.DONE.value, RectificationState.DONE.label),
    (RectificationState.VERIFIED.value, RectificationState.VERIFIED.label),
    (ALL, _("All")),
)


class RectificationFilter(django_filters.FilterSet):
    """Filter of what has to be put right: by state, and by the center that demanded it with all below it."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=RECTIFICATION_STATES, empty_label=None, method="in_state"
    )
    center = django_filters.CharFilter(label=_("Center"), method="under")

    class Meta:
        model = Rectification
        fields = ("state", "center")

    def __init__(self, data: Any, queryset: RectificationQuerySet) -> None:
        asked = data.copy()
        if asked.get("state") not in dict(RECTIFICATION_STATES):
            asked["state"] = OPEN
        super().__init__(asked, queryset=queryset)

    def in_state(self, queryset: RectificationQuerySet, name: str, state: str) -> RectificationQuerySet:
        if state == OPEN:
            return queryset.unverified()
        if state == OVERDUE:
            return queryset.overdue(clock.today())
        return queryset if state == ALL else queryset.filter(state=state)

    def under(self, queryset: RectificationQuerySet, name: str, code: str) -> RectificationQuerySet:
        below = Center.objects.under(Center.objects.filter(code=code).values("pk"), clock.today())
        return queryset.filter(inspection__activity__center__in=below)


VISIT_STATES = ((VisitState.REQUESTED.value, _("To answer")), *VisitState.choices[1:], (ALL, _("All")))


class VisitFilter(django_filters.FilterSet):
    """Filter of requests for study visits by state: those to answer unless said."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=VISIT_STATES, empty_label=None, method="in_state")

    class Meta:
        model = VisitRequest
        fields = ("state",)

    def __init__(self, data: Any, queryset: VisitRequestQuerySet) -> None:
        asked = data.copy()
        if asked.get("state") not in dict(VISIT_STATES):
            asked["state"] = VisitState.REQUESTED.value
        super().__init__(asked, queryset=queryset)

    def in_state(self, queryset: VisitRequestQuerySet, name: str, state: str) -> VisitRequestQuerySet:
        return queryset if state == ALL else queryset.filter(state=state)
