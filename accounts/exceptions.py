"""Errors of the account services."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from common.errors import DomainError


class AccountError(DomainError):
    """Base class of this app's errors."""

    code = "account_refused"


class InvalidPhone(AccountError):
    code = "invalid_phone"
    status = 422
    field = "phone"
    message = _("Enter an 11-digit mobile number")


class TooManyCodes(AccountError):
    """Refusal of another code: its number, or its network address, has had as many as a minute or a day allows."""

    code = "too_many_codes"
    status = 429
    field = "phone"
    message = _("Too many codes were asked for. Please retry later.")


class TooManyCodesHere(AccountError):
    """Refusal of a code to a network address that had too many, whatever the numbers.

    The others who share the address can't get one either until tomorrow.
    """

    code = "too_many_codes_here"
    status = 429
    field = "phone"
    message = _(
        "Too many codes were asked for from this network today. "
        "Try again tomorrow, or over the phone's own connection instead of Wi-Fi."
    )


class CodeTooEarly(AccountError):
    code = "code_too_early"
    status = 429
    message = _("You can get a new code in %(seconds)s s")


class WrongCode(AccountError):
    """Refusal of a code that isn't the one that was sent; `left` is how many tries it still has."""

    code = "wrong_code"
    status = 422
    field = "code"

    def __init__(self, left: int) -> None:
        super().__init__(
            ngettext_lazy(
                "Code wrong or expired: %(left)d more try",
                "Code wrong or expired: %(left)d more tries",
                left,
            ),
            left=left,
        )


class NoTriesLeft(AccountError):
    code = "no_tries_left"
    status = 429
    message = _("Too many wrong codes. Ask for a new one.")


class SignInBusy(AccountError):
    """Refusal to check one more password: each check takes a processor for a while, and pages need the rest."""

    code = "sign_in_busy"
    status = 429
    message = _("Many people are signing in just now. Try again in a few seconds.")


class UsernameTaken(AccountError):
    code = "username_taken"
    field = "username"
    message = _("This user name is taken")


class InvalidUsername(AccountError):
    code = "invalid_username"
    status = 422
    field = "username"
    message = _("Use letters, digits and - _ . only, at most 40 of them")


# Words for what Django's validators (AUTH_PASSWORD_VALIDATORS) find wrong, by the code of the error. Django's own name
# fields that aren't ours, and not all of them are translated.
WEAKNESSES = {
    "password_too_short": _("At least 8 characters."),
    "password_too_similar": _("Too much like the user name or the name."),
    "password_too_common": _("Too many people use this password."),
    "password_entirely_numeric": _("Not digits alone."),
}


class WeakPassword(AccountError):
    """Refusal of a password that is easily guessed; its message says why (`WEAKNESSES`)."""

    code = "weak_password"
    status = 422
    field = "password"


class WrongPassword(AccountError):
    """Refusal of a password change: the present password is wrong, or may not be tried for the moment."""

    code = "wrong_password"
    status = 422
    field = "current"
    message = _("This isn't your current password.")


class PasswordUnchanged(AccountError):
    code = "password_unchanged"
    status = 422
    field = "password"
    message = _("Choose another password than the one you have now.")


class DemoPasswordStays(AccountError):
    """Refusal to change a demo account's password: it is printed at the start and must let everybody in."""

    code = "demo_password_stays"
    status = 422
    message = _("The accounts of the demo keep their passwords, so that others can sign in too.")


class HasNoPassword(AccountError):
    code = "has_no_password"
    message = _("This person signs in by phone and has no password.")


class OwnPasswordNeeded(AccountError):
    """Refusal to act under a first password: whoever gave it to the person knows it."""

    code = "own_password_needed"
    status = 403
    message = _("Set a password of your own first: sign in on the pages with the one you were given.")


class PurposeMissing(AccountError):
    code = "purpose_missing"
    status = 422
    message = _("Say what the number is needed for")
