"""The forms of signing in, on allauth's, and that of a person's own password."""

import unicodedata
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, RequestLoginCodeForm
from allauth.core import context
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import LOCKED
from accounts.exceptions import TooManyCodesHere
from accounts.models import User
from accounts.services import limits, people
from accounts.values.usernames import normalise_username

CODE_LENGTH = 6
# What AUTH_PASSWORD_VALIDATORS ask for, said beforehand.
PASSWORD_RULES = _("At least 8 characters; not digits alone, no common password, nothing like the user name.")


class ResidentSignInForm(RequestLoginCodeForm):
    """A mobile number. One that isn't known becomes a resident, so the answer is the same for all and tells nothing about anybody."""

    _user: User | None

    def clean_phone(self) -> str:
        """The number, with its person in `_user`, as allauth's view expects. Over a limit nobody is made."""
        try:
            phone: str = super().clean_phone()
        except forms.ValidationError as error:
            if error.code == LOCKED:
                raise forms.ValidationError(
                    _("Too many codes were asked for. Please retry later."), code=LOCKED
                ) from error
            raise
        _take_code_from_here()
        if self._user is None:
            self._user = people.register_resident(phone=phone)
        return phone


class CodeForm(ConfirmLoginCodeForm):
    """The code from the text message, in one field that phones can fill in by themselves."""

    code = forms.CharField(
        label=_("Verification code"),
        help_text=_("The 6 digits in the text message"),
        max_length=20,
        error_messages={"required": _("Enter the 6 digits of the text message")},
        widget=forms.TextInput(
            {
                "class": "otp",
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "pattern": "[0-9 ]*",
                "maxlength": CODE_LENGTH + 1,
            }
        ),
    )

    def clean_code(self) -> str:
        """Full-width digits count as digits; the rest is allauth's comparison in constant time."""
        self.cleaned_data["code"] = unicodedata.normalize("NFKC", self.cleaned_data["code"])
        code: str = super().clean_code()
        return code


class StaffSignInForm(LoginForm):
    """User name and password."""

    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("User name"),
            max_length=150,
            widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        )
        self.order_fields(["login", "password"])

    def clean_login(self) -> str:
        """Typed on a Chinese keyboard, letters may be full-width."""
        return normalise_username(self.cleaned_data["login"])


class ResendForm(forms.Form):
    """The wish for another code: no field, but a wait and a limit."""

    def __init__(self, *args: Any, phone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.phone = phone

    def clean(self) -> dict[str, Any]:
        """Refuses too early, and too often."""
        wait = limits.seconds_to_wait(context.request)
        if wait:
            raise forms.ValidationError(
                _("You can get a new code in %(seconds)s s"), params={"seconds": wait}, code="too_early"
            )
        if not limits.take_code(context.request, self.phone):
            raise forms.ValidationError(_("Too many codes were asked for. Please retry later."), code="too_many")
        _take_code_from_here()
        return super().clean() or {}


def _take_code_from_here() -> None:
    """Count a code for the visitor's network address. Raises ValidationError (`too_many_codes_here`)."""
    if not limits.take_code_from_here(context.request):
        raise forms.ValidationError(TooManyCodesHere.message, code=TooManyCodesHere.code)


def password_field(label: Any, autocomplete: str, **more: Any) -> forms.CharField:
    """A password, kept to the letter, as the sign-in page asks for it; never shown again, also after a mistake."""
    return forms.CharField(label=label, strip=False, widget=forms.PasswordInput({"autocomplete": autocomplete}), **more)


class PasswordForm(forms.Form):
    """A new password, twice. The present one is asked for too, but of those who have just signed in with one they must replace."""

    current = password_field(_("Current password"), "current-password")
    password = password_field(_("New password"), "new-password", help_text=PASSWORD_RULES)
    again = password_field(_("New password, once more"), "new-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        if user.must_set_password:
            del self.fields["current"]

    def clean_current(self) -> str:
        """Wrong tries count as they do at the staff door, and lock the name alike."""
        current: str = self.cleaned_data["current"]
        if not get_adapter().reauthenticate(self.user, current):
            raise forms.ValidationError(_("This isn't your current password."), code="wrong_password")
        return current

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError(_("The two passwords differ."), code="passwords_differ")
        return again
