"""How a center is reached."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from centers.models import Center

PHONE = RegexValidator(r"^\+?[\d\- ()]{3,20}$", _("Digits, spaces and hyphens only."))


class CenterFactsForm(forms.ModelForm):
    """Phone and address, shown on the public page once they are entered. Nothing else of the center is written."""

    class Meta:
        model = Center
        fields = ("phone", "address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].validators.append(PHONE)
        self.fields["phone"].widget.attrs["inputmode"] = "tel"

    def save(self, commit: bool = True) -> Any:
        """Write these two columns alone: somebody else may be renaming the center."""
        if commit:
            self.instance.save(update_fields=list(self.Meta.fields))
        return self.instance
