"""Refusals of a booking: one class a rule, the same code and words on pages and in the API."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from common.errors import DomainError


class BookingError(DomainError):
    """Base of everything the booking services refuse."""

    code = "booking_refused"
    message: Any = _("This can't be booked.")
    status = 409


class SlotTaken(BookingError):
    code = "slot_taken"
    message = _("This slot is already booked. Choose another one.")


class SpaceNotBookable(BookingError):
    code = "space_not_bookable"
    message = _("This space can't be booked at present.")


class OffGrid(BookingError):
    code = "off_grid"
    message = _("A slot starts and ends on the hour or half hour of one day, and ends after it starts.")
    status = 400
    field = "starts_at"


class InThePast(BookingError):
    code = "in_the_past"
    message = _("This slot has already begun.")
    field = "starts_at"


class TooSoon(BookingError):
    code = "too_soon"
    message = _("Book at least %(workdays)s working days ahead.")
    field = "starts_at"


class TooFarAhead(BookingError):
    code = "too_far_ahead"
    message = _("Bookings are taken %(days)s days ahead.")
    field = "starts_at"


class TooLong(BookingError):
    code = "too_long"
    message = _("This space can be used for %(minutes)s minutes at a time.")
    field = "ends_at"


class OverCapacity(BookingError):
    code = "over_capacity"
    message = _("The number of people is over the capacity of %(capacity)s.")
    status = 400
    field = "headcount"


class CenterShut(BookingError):
    code = "center_shut"
    message = _("The center isn't open for all of this time.")
    field = "starts_at"


class UnderMaintenance(BookingError):
    code = "under_maintenance"
    message = _("The space is under maintenance at this time.")
    field = "starts_at"


class OverQuota(BookingError):
    """`limit`: of the policy; `month`: a day of the month of use."""

    code = "over_quota"
    message = _("Bookings that one person may have in %(month)s: %(limit)s. You have as many already.")

    def __str__(self) -> str:
        return str(self.message) % {**self.params, "month": date_format(self.params["month"], "YEAR_MONTH_FORMAT")}


class NotAllowed(BookingError):
    code = "not_allowed"
    message = _("You don't have permission to do this.")
    status = 403


class OwnRequest(BookingError):
    """Refusal to decide on one's own request: a colleague or a center above answers it."""

    code = "own_request"
    message = _("Your own request: somebody else at the center, or at one above it, has to decide it.")
    status = 403


class AlreadyDecided(BookingError):
    code = "already_decided"
    message = _("This booking has already been decided: %(status)s.")


class ReasonMissing(BookingError):
    code = "reason_missing"
    message = _("Say why, so that the person knows what to change.")
    status = 400
    field = "reason"


class TooLateToDecide(BookingError):
    code = "too_late_to_decide"
    message = _("The slot has begun; it can't be decided any more.")


class OpenNoMore(BookingError):
    """Hours, an exception or a closure set after it was asked for: granting would send a person to a closed door."""

    code = "open_no_more"
    message = _("The center is shut at that time now. Reject the request, or change the opening hours.")


class NotCancellable(BookingError):
    code = "not_cancellable"
    message = _("This booking can't be cancelled any more.")


class NotMovable(BookingError):
    code = "not_movable"
    message = _("Only an approved booking that hasn't begun can be moved.")


class NeedsConfirmation(BookingError):
    """Refusal to confirm for oneself, by the back door, what a colleague would have to confirm."""

    code = "needs_confirmation"
    message = _(
        "The use of this room is confirmed by a colleague. Book it first; once it is approved, use the booking."
    )


class NotInUse(BookingError):
    code = "not_in_use"
    message = _("Only a booking that is in use can be ended early.")


class SetupError(BookingError):
    """Base of what the services of `bookings.services.spaces` refuse for themselves."""

    status = 400


class NameTaken(SetupError):
    code = "name_taken"
    message = _("This center has a room of that name already.")
    status = 409
    field = "name"


class EnglishNameTaken(SetupError):
    """English pages would show two rooms that can't be told apart."""

    code = "english_name_taken"
    message = _("This center has a room of that English name already.")
    status = 409
    field = "name_en"


class TooFewParts(SetupError):
    code = "too_few_parts"
    message = _("A hall is made of two rooms or more.")
    field = "parts"


class PartsElsewhere(SetupError):
    code = "parts_elsewhere"
    message = _("A hall is made of rooms of its own center.")
    field = "parts"


class SameRoom(SetupError):
    code = "same_room"
    message = _("“%(name)s” is made of exactly these rooms already.")
    status = 409
    field = "parts"


class EndsBeforeStart(SetupError):
    code = "ends_before_start"
    message = _("The end must be after the start.")
    field = "ends_at"
