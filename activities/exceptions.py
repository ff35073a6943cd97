"""Refusals of activities: one class a rule, the same code and words on pages and in the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from common.errors import DomainError


class ActivityError(DomainError):
    """Base of everything that is refused here."""

    code = "activity_refused"
    message: Any = _("This can't be done with this activity.")


class ActivityNotAllowed(ActivityError):
    code = "activity_not_allowed"
    message = _("You don't have permission to do this.")
    status = 403


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


class RoomKeepsTime(ActivityError):
    """The room is booked for the old time; the activity can't leave it behind."""

    code = "room_keeps_time"
    message = _("Its room is booked from %(start)s to %(end)s. An activity in it stays within that time.")
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


class SignUpError(ActivityError):
    """Base of what is refused to who signs up."""

    code = "sign_up_refused"


class NoSignUps(SignUpError):
    code = "no_sign_ups"
    message = _("Nobody has to sign up for this activity.")


class SignUpNotOpen(SignUpError):
    code = "sign_up_not_open"
    message = _("Sign-up opens %(opens)s.")


class SignUpClosed(SignUpError):
    code = "sign_up_closed"
    message = _("Sign-up has closed.")


class ActivityBegun(SignUpError):
    code = "activity_begun"
    message = _("The activity has begun.")


class BirthDateMissing(SignUpError):
    code = "birth_date_missing"
    message = _("Enter the date of birth of %(name)s: this activity has an age limit.")
    status = 400
    field = "birth_date"


class TooYoung(SignUpError):
    code = "too_young"
    message = _("%(name)s is too young: from %(age)s years on the day of the activity.")
    field = "people"


class TooOld(SignUpError):
    code = "too_old"
    message = _("%(name)s is too old: up to %(age)s years on the day of the activity.")
    field = "people"


class ConsentMissing(SignUpError):
    code = "consent_missing"
    message = _("Guardian consent is required for %(name)s.")
    status = 400
    field = "guardian_consent"


class AlreadyIn(SignUpError):
    code = "already_in"
    message = _("%(name)s is signed up already.")
    field = "people"


class SamePersonElsewhere(SignUpError):
    """A family's other phone was quicker; two places for one child are never given in silence."""

    code = "same_person_elsewhere"
    message = _("Somebody called %(name)s is signed up already, from another phone. If that is another person, say so.")
    field = "is_another_person"


class TooFewPlaces(SignUpError):
    code = "too_few_places"
    message = _("Only %(free)s places are left for the %(wanted)s people you chose. Choose fewer.")
    field = "people"


class NobodyChosen(SignUpError):
    code = "nobody_chosen"
    message = _("Choose who comes.")
    status = 400
    field = "people"


class SignUpOver(SignUpError):
    code = "sign_up_over"
    message = _("This sign-up is over.")


class OfferGone(SignUpError):
    code = "offer_gone"
    message = _("This offer is over. The place went to the next in the line.")


class CheckInError(ActivityError):
    """Base of what is refused at the door."""

    code = "check_in_refused"


class UnknownCode(CheckInError):
    code = "unknown_code"
    message = _("Nobody with this code is signed up here.")
    status = 404
    field = "code"


class NotIn(CheckInError):
    code = "not_in"
    message = _("%(name)s has no place: %(state)s.")


class CheckedInAlready(CheckInError):
    code = "checked_in_already"
    message = _("%(name)s was checked in at %(at)s.")


class CheckInTooEarly(CheckInError):
    code = "check_in_too_early"
    message = _("Check-in opens two hours before the activity.")


class NothingToUndo(CheckInError):
    code = "nothing_to_undo"
    message = _("There is nothing to take back.")


class RecordError(ActivityError):
    """Base of what is refused when an activity is recorded."""

    code = "record_refused"


class NotHeldYet(RecordError):
    code = "not_held_yet"
    message = _("An activity is recorded once it has begun.")


class BelowCheckedIn(RecordError):
    code = "below_checked_in"
    message = _("%(floor)s people were checked in or counted at the door: as many came at least.")
    status = 400
    field = "attendance"


class RecordedAlready(RecordError):
    code = "recorded_already"
    message = _("This activity was recorded already, with %(attendance)s people.")


class PersonError(ActivityError):
    """Base of what is refused about the people of an account."""

    code = "person_refused"


class PersonKnown(PersonError):
    code = "person_known"
    message = _("%(name)s is among your people already.")
    field = "name"


class HolderKnown(PersonError):
    code = "holder_known"
    message = _("You yourself are %(name)s already. Choose who else it is.")
    field = "relation"


class SamePeople(PersonError):
    code = "same_people"
    message = _("Two of your people have the same name and date of birth. Remove one of them.")
    field = "people"


class PersonSignedUp(PersonError):
    code = "person_signed_up"
    message = _("%(name)s is signed up for an activity. Cancel that first.")


class BirthDateInUse(PersonError):
    """An age rule was asked with this date; another date would walk past it."""

    code = "birth_date_in_use"
    message = _("%(name)s is signed up with this date of birth. Cancel that first.")
    field = "birth_date"
