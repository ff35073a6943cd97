"""Refusals of signing up and of answering an offer."""

from typing import Self

from django.utils.translation import gettext_lazy as _

from activities.exceptions.base import ActivityError


class SignUpError(ActivityError):
    """Base of what is refused to who signs up; `position` is that of the person, among those named together."""

    code = "sign_up_refused"
    position: int | None = None

    def at(self, position: int) -> Self:
        """The same refusal, of the person at this position."""
        self.position = position
        return self


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
