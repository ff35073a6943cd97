"""Contexts of the code on the wall: its page at the center, and what who scanned it sees."""

from collections.abc import Sequence
from typing import Any

from activities.choices import ActivityState, SignUpState
from activities.domain.door import people_at_door
from activities.models import Activity, SignUp
from activities.selectors.detail import PersonOption, asks_consent
from centers.access import Viewer
from common import clock


def is_door_open(activity: Activity) -> bool:
    """Whether residents can say that they are here: from two hours before the start to the end."""
    return activity.state == ActivityState.PUBLISHED and activity.door_opens_at <= clock.now() < activity.ends_at


def wall_page(activity: Activity) -> dict[str, Any]:
    """Context of the code on the wall. Two queries."""
    return {
        "activity": activity,
        "center": activity.center,
        "is_open": is_door_open(activity),
        "is_over": activity.state != ActivityState.PUBLISHED or activity.ends_at <= clock.now(),
        "opens_at": activity.door_opens_at,
        "here": people_at_door(activity),
    }


def arrival_page(user: Viewer, activity: Activity, options: Sequence[PersonOption]) -> dict[str, Any]:
    """Context for who scanned the code: one's own people here, those to check in, and who may yet be added. One query.

    `can_add`: a place is free, nobody comes before, and the activity is one that residents may join.
    """
    live = SignUp.objects.own(user).live().filter(activity=activity).select_related("participant", "activity")
    own = sorted(live, key=lambda sign_up: sign_up.pk)
    is_full = activity.places_left == 0 or (activity.waiting > 0 and not activity.has_begun)
    return {
        "activity": activity,
        "center": activity.center,
        "to_come": [one for one in own if one.state == SignUpState.IN and one.checked_in_at is None],
        "here": [one for one in own if one.checked_in_at is not None],
        "without_place": [one for one in own if one.state != SignUpState.IN],
        "options": options,
        "can_add": activity.is_listed and not is_full,
        "is_full": is_full,
        "asks_consent": asks_consent(activity, options),
    }
