"""One date of a series: its plan, and the room it asks for."""

import datetime as dt

from activities.domain.rooms import room_span
from activities.models import Activity, TrainingDetail
from activities.values.details import TrainingPlan
from activities.values.plans import PLAN_FIELDS, ActivityPlan
from bookings.domain.rules import on_grid_after, on_grid_before
from bookings.models import Space
from bookings.values.slot_request import SlotRequest

MOMENTS = ("starts_at", "ends_at", "sign_up_opens_at", "sign_up_closes_at")


def on_day(activity: Activity, day: dt.date, space: Space | None = None) -> ActivityPlan:
    """Plan of an activity held again on a day, at the same hours, with sign-up as long before. In `space` if given."""
    shift = day - activity.day
    values = {name: getattr(activity, name) for name in PLAN_FIELDS}
    for name in MOMENTS:
        if values[name] is not None:
            values[name] += shift
    if space is not None and (not values["place"] or is_called_by_room(activity)):
        values["place"] = space.name
    return ActivityPlan(**values, detail=_training_of(activity))


def _training_of(activity: Activity) -> TrainingPlan | None:
    """Detail that each date of a training shares; None for other kinds, whose detail is of one day."""
    row = TrainingDetail.objects.filter(activity=activity).first()
    return TrainingPlan(row.track, row.hours, row.form) if row else None


def is_called_by_room(activity: Activity) -> bool:
    """Whether its place is the name of the room that is booked for it."""
    return activity.booking is not None and activity.place == activity.booking.space.name


def usual_headcount(activity: Activity, space: Space) -> int:
    """Number of people a room is asked for: as in its booking, or its places, and never more than it holds."""
    wanted = activity.booking.headcount if activity.booking else activity.capacity
    return min(wanted or space.capacity, space.capacity)


def room_request(activity: Activity, day: dt.date, space: Space, *, booker_id: int | None = None) -> SlotRequest:
    """Request of a room for an activity on another day, with the time before and after it that its booking has."""
    shift = day - activity.day
    times = (activity.starts_at + shift, activity.ends_at + shift)
    if activity.booking is not None:
        start, end = room_span(activity, activity.booking, times)
    else:
        start, end = on_grid_before(times[0]), on_grid_after(times[1])
    return SlotRequest(start, end, usual_headcount(activity, space), space.pk, booker_id, is_for_center=True)
