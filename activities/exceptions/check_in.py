"""Refusals at the door."""

from django.utils.translation import gettext_lazy as _

from activities.exceptions.base import ActivityError


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
