"""Errors of the network's services: one class a rule, the same code and words on pages and in the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from common.errors import DomainError


class CenterError(DomainError):
    """Base class of the errors of this app's services."""

    code = "center_refused"
    message: Any = _("This change of the network isn't possible.")


class NotAllowed(CenterError):
    code = "not_allowed"
    message = _("You don't have permission to do this.")
    status = 403


class LevelRuleBroken(CenterError):
    code = "level_rule_broken"
    message = _("A center of level “%(child)s” can't stand under one of level “%(parent)s”.")


class SameParent(CenterError):
    code = "same_parent"
    message = _("It stands under this center already.")


class MoveTooEarly(CenterError):
    code = "move_too_early"
    message = _("It has stood where it stands since %(since)s only; move it on a later date.")
    field = "on"


class NothingAbove(CenterError):
    code = "nothing_above"
    message = _("This center is the top of the network and stands under none.")


class StillHasCenters(CenterError):
    code = "still_has_centers"
    message = _("Centers still stand below it; move or close them first.")


class ClosingInFuture(CenterError):
    code = "closing_in_future"
    message = _("A center is closed on the day it closes or afterwards, not ahead.")


class ClosedBeforeOpening(CenterError):
    code = "closed_before_opening"
    message = _("The closing date must be after the opening date.")


class CodeTaken(CenterError):
    code = "code_taken"
    message = _("A center with this code exists already.")


class SpansOverlap(CenterError):
    code = "spans_overlap"
    status = 422
    message = _("The opening times of %(day)s overlap.")


class SpanBackwards(CenterError):
    code = "span_backwards"
    status = 422
    message = _("On %(day)s closing must be after opening.")


class SpecialDayExists(CenterError):
    code = "special_day_exists"
    message = _("This date already has other hours; remove them first.")


class DayOfAnotherYear(CenterError):
    code = "day_of_another_year"
    status = 422
    message = _("%(day)s isn't a day of %(year)s.")


class RoleAboveOwn(CenterError):
    code = "role_above_own"
    message = _("You can't grant a role above your own.")


class RoleExists(CenterError):
    code = "role_exists"
    message = _("This person has this role here at that time already.")


class RoleDatesWrong(CenterError):
    code = "role_dates_wrong"
    status = 422
    message = _("The last day must not be before the first.")
    field = "last"


class RoleWithdrawn(CenterError):
    code = "role_withdrawn"
    message = _("This role was ended already.")


class RoleOver(CenterError):
    """Refusal of a role whose last day is over: it would be granted, and appear nowhere."""

    code = "role_over"
    status = 422
    message = _(
        "This role would be over already. Choose today or a later day as its last, or leave the last day blank."
    )
    field = "last"


class PasswordOfOneself(CenterError):
    """Refusal to set one's own password here: it is changed where the present one is asked for."""

    code = "password_of_oneself"
    message = _("This is your own account. Change your password on “My page”.")


class PasswordBeyondReach(CenterError):
    """Refusal to set a password of somebody with higher roles: a manager could else sign in as an administrator."""

    code = "password_beyond_reach"
    status = 403
    message = _(
        "You can't set a new password for this person. It takes somebody who may grant every role "
        "they have, at every center."
    )


class RegisterError(Exception):
    """Error in a row of the register; nothing of the import is kept.

    Says file, line and what is wrong.
    """
