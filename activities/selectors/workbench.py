"""Activities of those who work at centers: held and not recorded, today's, and the list of all."""

import datetime as dt
import itertools
from collections.abc import Iterable
from typing import Any

from django.db.models import Case, F, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.choices import ActivityState
from activities.models import Activity
from activities.querysets import ActivityQuerySet
from centers.access import Viewer
from centers.models import Center
from common import clock

TO_RECORD, COMING, DRAFTS, OTHERS = range(4)
HEADINGS: dict[int, Promise] = {
    TO_RECORD: _("To record"),
    COMING: _("Coming"),
    DRAFTS: _("Drafts"),
    OTHERS: _("Earlier"),
}


def to_record(user: Viewer) -> ActivityQuerySet:
    """Activities of the centers `user` works for that were held and aren't recorded, the latest first. Lazy."""
    held = Activity.objects.manageable_by(user).unrecorded(clock.now())
    return held.select_related("center").order_by("-ends_at", "-id")


def unrecorded_count(user: Viewer) -> int:
    """Number of activities that `user` may record. One query, none for visitors."""
    return to_record(user).count() if user.is_authenticated else 0


def on_day(center: Center, day: dt.date) -> list[Activity]:
    """Activities that `center` itself leads on `day` and that weren't called off, by start. One query."""
    led = Activity.objects.filter(center=center).taking_place_on(day)
    return list(led.select_related("center").order_by("starts_at", "id"))


def led_by(user: Viewer) -> QuerySet[Activity]:
    """Activities of the centers `user` works for: to record first, then coming, drafts, and the rest latest first."""
    now = clock.now()
    published = ActivityState.PUBLISHED
    rank = Case(
        When(state=published, ends_at__lte=now, then=Value(TO_RECORD)),
        When(state=published, then=Value(COMING)),
        When(state=ActivityState.DRAFT, then=Value(DRAFTS)),
        default=Value(OTHERS),
    )
    led = Activity.objects.manageable_by(user).standing().select_related("center").annotate(rank=rank)
    coming_first = Case(When(rank__in=(COMING, DRAFTS), then=F("starts_at")))
    return led.order_by("rank", coming_first, "-starts_at", "-id")


def grouped(activities: Iterable[Any]) -> list[tuple[Promise, list[Activity]]]:
    """Activities in the order of `led_by` under their headings."""
    groups = itertools.groupby(activities, key=lambda activity: activity.rank)
    return [(HEADINGS[rank], list(found)) for rank, found in groups]
