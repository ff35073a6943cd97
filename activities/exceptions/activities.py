"""Refusals of entering, changing and calling off."""

from django.utils.translation import gettext_lazy as _

from activities.exceptions.base import ActivityError


class PlanError(ActivityError):
    """Base of what is wrong with a plan."""

    status = 400


class ActivityEndsBeforeStart(PlanError):
    code = "activity_ends_before_start"
    message = _("The end must be after the start.")
    field = "ends_at"


class PlannedInThePast(PlanError):
    code = "planned_in_the_past"
    message = _("This time is past. What was held already is entered with its number of people.")
    field = "starts_at"


class SignUpAfterStart(PlanError):
    code = "sign_up_after_start"
    message = _("Sign-up closes before the activity begins, and after it opens.")
    field = "sign_up_closes_at"


class AgesReversed(PlanError):
    code = "ages_reversed"
    message = _("The lower age is above the upper one.")
    field = "max_age"


class CapacityBelowSeats(PlanError):
    """Lowering never throws anybody out in silence."""

    code = "capacity_below_seats"
    message = _("%(seats)s places are taken. Take people out one by one, or keep as many places.")
    status = 409
    field = "capacity"


class BookingHasActivity(ActivityError):
    code = "booking_has_activity"
    message = _("An activity has been made of this booking already.")


class BookingNotUsable(ActivityError):
    code = "booking_not_usable"
    message = _("Only an approved booking of one of your rooms can become an activity.")


class RoomNeeded(ActivityError):
    """A cancelled booking would take the room from all who mean to come, in silence."""

    code = "room_needed"
    message = _("“%(title)s” takes place in this room. Call that activity off first; then cancel the booking.")


class RoomKeepsTime(ActivityError):
    """The room is booked for the old time; the activity can't leave it behind."""

    code = "room_keeps_time"
    message = _("Its room is booked from %(start)s to %(end)s. An activity in it stays within that time.")
    field = "starts_at"


class RoomNotHad(ActivityError):
    """The room can't be had for the new time: nothing of the activity was changed."""

    code = "room_not_had"
    message = _("Its room can't be had then, so nothing was changed: %(why)s")
    field = "starts_at"


class NotADraft(ActivityError):
    code = "not_a_draft"
    message = _("This activity is published already.")


class ActivityIsOver(ActivityError):
    code = "activity_is_over"
    message = _("This activity is over or was cancelled.")


class CancelReasonMissing(ActivityError):
    code = "cancel_reason_missing"
    message = _("Say why: everybody who signed up reads it.")
    status = 400
    field = "reason"
