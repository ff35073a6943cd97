"""Form field for a password, with its rules in words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

# What AUTH_PASSWORD_VALIDATORS ask for, said beforehand.
PASSWORD_RULES = _("At least 8 characters; not digits alone, no common password, nothing like the user name.")


def password_field(label: Any, autocomplete: str, **more: Any) -> forms.CharField:
    """A password field, kept to the letter: blanks around it count, here and at sign-in.

    Never shown again, also after a mistake.
    """
    return forms.CharField(label=label, strip=False, widget=forms.PasswordInput({"autocomplete": autocomplete}), **more)
