"""Activities as events of a calendar: the same event for everybody, with the link to join for those who are in."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.models import User
from activities.choices import ActivityState, ActivityVerb, SignUpState
from activities.models import Activity, SignUp
from activities.selectors.rows import place_of
from bookings.selectors.calendar import Whole, booking_events
from common import clock
from common.calendar_files import CalendarEvent

KEPT = dt.timedelta(days=30)
# These change nothing that a calendar shows.
UNSEEN = (ActivityVerb.CREATE, ActivityVerb.PUBLISH, ActivityVerb.RECORD, ActivityVerb.REVISE)


def activity_event(
    activity: Activity, whole: Whole, *, own: SignUp | None = None, own_changes: int = 0
) -> CalendarEvent:
    """Event of an activity whose events and center are loaded. `own`: one's sign-up, by which the link is shown.

    `own_changes`: how often one has signed up or left before, so that what came last holds in every calendar.

    Its UID is the activity's, so that what was put into a calendar before signing up is the same event.
    """
    changes = [event for event in activity.events.all() if event.verb not in UNSEEN]
    left = own is not None and not own.is_live
    place = ", ".join(filter(None, (activity.center.shown_name, place_of(activity), activity.center.address)))
    return CalendarEvent(
        uid=f"activity-{activity.reference}@pingh-portal",
        title=activity.title,
        starts_at=activity.starts_at,
        ends_at=activity.ends_at,
        changed_at=changes[-1].at if changes else activity.created_at,
        # Leaving comes after whatever the activity went through.
        sequence=len(changes) + max(own_changes, left),
        place=place,
        text="\n".join(_texts(activity, own)),
        url=whole((own or activity).get_absolute_url()),
        is_cancelled=left or activity.state == ActivityState.CANCELLED,
    )


def sign_up_events(sign_ups: Iterable[SignUp], whole: Whole) -> list[CalendarEvent]:
    """One event an activity, of sign-ups whose activity (with events and center) is loaded."""
    of_activity: dict[int, SignUp] = {}
    made: Counter[int] = Counter()
    for sign_up in sorted(sign_ups, key=lambda one: (one.is_live, one.state == SignUpState.IN)):
        of_activity[sign_up.activity_id] = sign_up
        made[sign_up.activity_id] += 1 if sign_up.is_live else 2
    return [activity_event(one.activity, whole, own=one, own_changes=made[pk] - 1) for pk, one in of_activity.items()]


def feed_events(account: User, whole: Whole) -> list[CalendarEvent]:
    """Events of what an account has booked and is signed up for, from a month ago on. Six queries at most.

    What was cancelled or left is among them, so that a calendar takes it out.
    """
    since = clock.now() - KEPT
    sign_ups = SignUp.objects.own(account).filter(activity__ends_at__gt=since)
    joined = sign_ups.select_related("activity__center", "activity__booking__space").prefetch_related(
        "activity__events"
    )
    return [*sign_up_events(joined, whole), *booking_events(account, since, whole)]


def _texts(activity: Activity, own: SignUp | None) -> list[str]:
    texts = [activity.summary] if activity.summary else []
    if own is not None and own.state == SignUpState.WAITING:
        texts.append(_("On the waitlist: no place yet."))
    if own is not None and own.state == SignUpState.IN:
        texts.append(_("Code for the door: {code}").format(code=own.code))
        if activity.online_url:
            texts.append(_("Join online: {url}").format(url=activity.online_url))
    return texts
