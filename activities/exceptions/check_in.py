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


class WallCodeExpired(CheckInError):
    code = "wall_code_expired"
    message = _("This code has expired: the one on the wall changes every half minute. Please scan it again.")
    status = 410


class FullAtDoor(CheckInError):
    code = "full_at_door"
    message = _("No place is free. Please speak to the staff at the door.")


class GroupElsewhere(CheckInError):
    code = "group_elsewhere"
    message = _("This organisation doesn't stand under the center.")
    field = "organization"


class MoreNamesThanPeople(CheckInError):
    code = "more_names_than_people"
    message = _("There are %(names)s names and only %(count)s people.")
    field = "count"


class NobodyCounted(CheckInError):
    code = "nobody_counted"
    message = _("Enter a number of people, or their names.")
    field = "count"


class NothingToUndo(CheckInError):
    code = "nothing_to_undo"
    message = _("There is nothing to take back.")
