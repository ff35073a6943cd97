"""Filters of the staff's list of activities."""

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activities.choices import COUNTED, ActivityKind, ActivityState
from activities.models import Activity
from activities.querysets import ActivityQuerySet
from centers.models import Center
from common import clock

OPEN, TO_RECORD, COMING, DRAFT, RECORDED, CANCELLED, ALL = (
    "open",
    "to_record",
    "coming",
    "draft",
    "recorded",
    "cancelled",
    "all",
)
STATES = (
    (OPEN, _("To do and coming")),
    (TO_RECORD, _("To record")),
    (COMING, _("Coming")),
    (DRAFT, _("Drafts")),
    (RECORDED, _("Recorded")),
    (CANCELLED, _("Cancelled")),
    (ALL, _("All")),
)


class ActivityFilter(django_filters.FilterSet):
    """Filter of the activities of the centers one works for: by state, kind and center with all below it."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, empty_label=None, method="in_state")
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=ActivityKind.choices, empty_label=_("All"))
    center = django_filters.CharFilter(label=_("Center"), method="under")

    class Meta:
        model = Activity
        fields = ("state", "kind", "center")

    def in_state(self, queryset: ActivityQuerySet, name: str, state: str) -> ActivityQuerySet:
        now = clock.now()
        published = Q(state=ActivityState.PUBLISHED)
        conditions = {
            OPEN: Q(state__in=(ActivityState.PUBLISHED, ActivityState.DRAFT)),
            TO_RECORD: published & Q(ends_at__lte=now),
            COMING: published & Q(ends_at__gt=now),
            DRAFT: Q(state=ActivityState.DRAFT),
            RECORDED: Q(state__in=COUNTED),
            CANCELLED: Q(state=ActivityState.CANCELLED),
        }
        return queryset.filter(conditions[state]) if state in conditions else queryset

    def under(self, queryset: ActivityQuerySet, name: str, code: str) -> ActivityQuerySet:
        below = Center.objects.under(Center.objects.filter(code=code).values("pk"), clock.today())
        return queryset.filter(center__in=below)
