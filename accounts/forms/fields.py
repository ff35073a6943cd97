"""Form field for a mobile number."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.exceptions import InvalidPhone
from accounts.values.phones import has_phone_length, normalise_phone
from common.forms.fields import TextField


class PhoneField(TextField):
    """Mobile number field: takes a number as people type or paste it and gives eleven digits."""

    default_error_messages = {
        "required": InvalidPhone.message,
        "invalid": InvalidPhone.message,
        "not_mobile": _("Check the number: a mobile number starts with 13 to 19"),
    }

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "tel", "inputmode": "numeric", "autocomplete": "tel-national", "class": "code"}
        kwargs.setdefault("label", _("Mobile"))
        super().__init__(**{"max_length": 24, "widget": forms.TextInput(attrs), **kwargs})
        self.widget.input_type = "tel"
        self.widget.attrs.pop("type", None)

    def clean(self, value: Any) -> str:
        """Eleven digits, or empty for a field that may be left out.

        Raises ValidationError (`invalid`, `not_mobile`).
        """
        text = super().clean(value)
        if text in self.empty_values:
            return ""
        number = normalise_phone(text)
        if number is None:
            code = "not_mobile" if has_phone_length(text) else "invalid"
            raise ValidationError(self.error_messages[code], code=code)
        return number
