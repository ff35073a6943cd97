"""What can't be done with an account."""

from django.utils.translation import gettext_lazy as _

from common.errors import DomainError


class AccountError(DomainError):
    """Base of what this app refuses."""

    code = "account_refused"


class InvalidPhone(AccountError):
    code = "invalid_phone"
    status = 422
    field = "phone"
    message = _("Enter an 11-digit mobile number")


class UsernameTaken(AccountError):
    code = "username_taken"
    field = "username"
    message = _("This user name is taken")


class InvalidUsername(AccountError):
    code = "invalid_username"
    status = 422
    field = "username"
    message = _("Use letters, digits and - _ . only, at most 40 of them")


class WeakPassword(AccountError):
    """`message` is what Django's validators found wrong, in their words."""

    code = "weak_password"
    status = 422
    field = "password"


class PurposeMissing(AccountError):
    code = "purpose_missing"
    status = 422
    message = _("Say what the number is needed for")
