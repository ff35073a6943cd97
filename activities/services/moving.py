"""The room of an activity that changes: its booking moves with it, or ends with it."""

import dataclasses

from accounts.models import User
from activities import exceptions as refused
from activities.choices import ActivityState, ActivityVerb
from activities.domain.rooms import room_span
from activities.models import Activity
from activities.services.history import record_event
from activities.values.plans import ActivityPlan
from bookings.exceptions import BookingError
from bookings.models import Booking, Space
from bookings.services.moving import move_booking
from common import clock


def leaves_booked_time(activity: Activity, plan: ActivityPlan, space: Space | None) -> bool:
    """Whether an activity with a booking, held by this plan or in another room, leaves what is booked."""
    booking = activity.booking
    if booking is None:
        return False
    is_elsewhere = space is not None and space.pk != booking.space_id
    return is_elsewhere or not (booking.starts_at <= plan.starts_at and plan.ends_at <= booking.ends_at)


def move_room(actor: User, activity: Activity, plan: ActivityPlan, space: Space | None) -> ActivityPlan:
    """Move the booking of an activity, which is locked, to the time of a plan, or to `space`.

    Returns the plan: what was called by the name of its room is called by that of the new one. Raises RoomNotHad, and
    nothing is changed.
    """
    booking = activity.booking
    if booking is None:
        return plan
    before = booking.space
    starts_at, ends_at = room_span(activity, booking, (plan.starts_at, plan.ends_at))
    try:
        activity.booking = move_booking(actor=actor, booking=booking, starts_at=starts_at, ends_at=ends_at, space=space)
    except BookingError as error:
        raise refused.RoomNotHad(why=str(error)) from error
    return dataclasses.replace(plan, place=space.name) if space and plan.place == before.name else plan


def lock_activities_of(booking: Booking) -> None:
    """Lock the activities of a booking, before the booking itself."""
    list(booking.activities.order_by("id").select_for_update().values_list("pk", flat=True))


def end_with_booking(booking: Booking, actor: User) -> None:
    """End what goes on in a room that is given back now. Raises RoomNeeded for what has yet to begin in it."""
    now = clock.now()
    for activity in booking.activities.filter(state=ActivityState.PUBLISHED, ends_at__gt=now).order_by("id"):
        if activity.starts_at >= now:
            raise refused.RoomNeeded(title=activity.title)
        before, activity.ends_at = activity.ends_at, now
        activity.save(update_fields=["ends_at"])
        record_event(activity, ActivityVerb.EDIT, actor, activity.state, changes={"ends_at": (before, now)})
