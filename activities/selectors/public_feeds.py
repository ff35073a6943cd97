"""Public activities of a center and all below it as other websites and calendars take them in."""

import datetime as dt
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from activities.choices import ActivityState
from activities.models import Activity
from activities.querysets import ActivityQuerySet
from activities.selectors.calendar import activity_event
from activities.selectors.rows import for_rows, place_of
from bookings.selectors.calendar import Whole
from centers.models import Center
from common import clock
from common.calendar_files import CalendarEvent
from common.whole_days import is_whole_days

# More than a visitor of another website reads, and than a month of the whole network has.
MOST_LISTED, MOST_IN_FEED = 30, 500


def coming_under(center: Center | None, days: int | None = None) -> ActivityQuerySet:
    """Public activities that aren't over, of `center` and all below it (None: of all); the soonest first.

    `days`: those that begin within so many days, today included. What was called off is among them.
    """
    found = Activity.objects.public().filter(ends_at__gt=clock.now())
    if center is not None:
        below = Center.objects.public().under([center.pk], clock.today()).values_list("pk", flat=True)
        found = found.at_centers(list(below))
    if days is not None:
        found = found.filter(starts_at__lt=clock.midnight(clock.today() + dt.timedelta(days=days)))
    return for_rows(found).order_by("starts_at", "id")


def feed_title(center: Center | None) -> str:
    """Name of a center's feed, or of that of all."""
    return _("Activities: {center}").format(center=center.shown_name) if center else _("Activities of all centers")


def public_events(center: Center | None, whole: Whole) -> list[CalendarEvent]:
    """Events of a calendar. Five queries at most."""
    found = coming_under(center).prefetch_related("events")[:MOST_IN_FEED]
    return [activity_event(activity, whole) for activity in found]


def json_feed(center: Center | None, whole: Whole, *, feed_url: str, home_url: str) -> dict[str, Any]:
    """JSON Feed (version 1.1) of the activities; what it has no name for is in `_activity`. Four queries at most."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed_title(center),
        "home_page_url": whole(home_url),
        "feed_url": whole(feed_url),
        "language": get_language(),
        "items": [_item(activity, whole) for activity in coming_under(center)[:MOST_IN_FEED]],
    }


def _item(activity: Activity, whole: Whole) -> dict[str, Any]:
    center = activity.center
    return {
        "id": f"activity-{activity.reference}@pingh-portal",
        "url": whole(activity.get_absolute_url()),
        "title": activity.title,
        "content_text": activity.summary or activity.title,
        "date_published": activity.created_at.isoformat(),
        "tags": [str(activity.get_kind_display()), *(str(tag) for tag in (activity.theme, activity.campaign) if tag)],
        "_activity": {
            "reference": activity.reference,
            "kind": activity.kind,
            "starts_at": clock.local(activity.starts_at).isoformat(),
            "ends_at": clock.local(activity.ends_at).isoformat(),
            "is_all_day": is_whole_days(activity.starts_at, activity.ends_at),
            "center": center.code,
            "center_name": center.name,
            "place": place_of(activity),
            "is_cancelled": activity.state == ActivityState.CANCELLED,
            "places_left": activity.places_left if activity.takes_sign_ups else None,
        },
    }
