"""The field for a mobile number, used wherever one is asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.exceptions import InvalidPhone
from accounts.values.phones import normalise_phone


class PhoneField(forms.CharField):
    """Takes a number as people type it and gives eleven digits."""

    default_error_messages = {"required": InvalidPhone.message, "invalid": InvalidPhone.message}

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "tel", "inputmode": "numeric", "autocomplete": "tel-national", "class": "code"}
        kwargs.setdefault("label", _("Mobile"))
        super().__init__(**{"max_length": 24, "widget": forms.TextInput(attrs), **kwargs})
        self.widget.input_type = "tel"
        self.widget.attrs.pop("type", None)

    def clean(self, value: Any) -> str:
        """Eleven digits, or empty for a field that may be left out."""
        text = super().clean(value)
        if text in self.empty_values:
            return ""
        number = normalise_phone(text)
        if number is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return number
