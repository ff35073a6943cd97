"""Refusals of ratings and follow-ups."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from common.errors import DomainError


class RatingError(DomainError):
    """Base of everything that is refused here."""

    code = "rating_refused"
    message: Any = _("This can't be rated.")


class RatingNotAllowed(RatingError):
    code = "rating_not_allowed"
    message = _("You don't have permission to do this.")
    status = 403


class NotBegunYet(RatingError):
    code = "rating_not_begun"
    message = _("It hasn't begun yet. Please rate it once you have been there: this code stays good.")


class RatingIsOver(RatingError):
    code = "rating_is_over"
    message = _("It is too late to rate this: that can be done for %(days)s days.")


class NotHeld(RatingError):
    code = "rated_not_held"
    message = _("This didn't take place, so there is nothing to rate.")


class ServiceMissing(RatingError):
    """A code at a center's counter doesn't say what somebody came for."""

    code = "rated_service_missing"
    message = _("Say what you came for.")
    status = 400
    field = "service"


class RatedAlready(RatingError):
    code = "rated_already"
    message = _("You have rated this visit already, and that is kept.")


class FollowUpError(RatingError):
    """Base of what is refused of follow-ups."""

    code = "follow_up_refused"


class StepDoneAlready(FollowUpError):
    code = "step_done_already"
    message = _("A colleague was quicker. It stands at: %(step)s.")


class NoteMissing(FollowUpError):
    code = "follow_up_note_missing"
    message = _("Say in one line what was found or done.")
    status = 400
    field = "note"


class CallResultMissing(FollowUpError):
    """No follow-up is closed without a call back, or without saying that there was nobody to call."""

    code = "call_result_missing"
    message = _("Say what came of calling back.")
    status = 400
    field = "result"
