"""The forms of signing in, and that of a person's own password."""

import re
import unicodedata
from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import PhoneField
from accounts.models import User
from accounts.values.usernames import normalise_username
from common.forms.passwords import PASSWORD_RULES, password_field

CODE_LENGTH = 6
SIX_DIGITS = _("Enter the 6 digits of the text message")


class PhoneForm(forms.Form):
    """Sign-in form of residents: a mobile number, known or not."""

    phone = PhoneField()


class CodeForm(forms.Form):
    """Code form: the code from the text message, in one field that phones can fill in by themselves."""

    code = forms.CharField(
        label=_("Verification code"),
        help_text=_("The 6 digits in the text message"),
        max_length=20,
        error_messages={"required": SIX_DIGITS},
        widget=forms.TextInput(
            {
                "class": "one-time-code",
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "pattern": "[0-9 ]*",
                "maxlength": CODE_LENGTH + 1,
            }
        ),
    )

    def clean_code(self) -> str:
        """Six digits; full-width ones count, blanks and dashes don't. What can't be a code is no try of one."""
        code = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", self.cleaned_data["code"]))
        if not re.fullmatch(f"[0-9]{{{CODE_LENGTH}}}", code):
            raise ValidationError(SIX_DIGITS, code="not_a_code")
        return code


class StaffSignInForm(LoginForm):
    """Sign-in form of staff: user name and password."""

    password = password_field(_("Password"), "current-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("User name"),
            max_length=150,
            widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        )
        self.order_fields(["login", "password"])

    def clean_login(self) -> str:
        """User name in its one spelling: typed on a Chinese keyboard, letters may be full-width."""
        return normalise_username(self.cleaned_data["login"])


class PasswordForm(forms.Form):
    """Form for a new password, typed twice.

    The present one is asked for too, but of those who have just signed in with one they must replace.
    """

    current = password_field(_("Current password"), "current-password")
    password = password_field(_("New password"), "new-password", help_text=PASSWORD_RULES)
    again = password_field(
        _("New password, once more"),
        "new-password",
        error_messages={"required": _("Type the new password a second time.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if user.must_set_password:
            del self.fields["current"]

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise ValidationError(_("The two passwords differ."), code="passwords_differ")
        return again
