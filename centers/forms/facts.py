"""How a center is reached, and what it is called in English."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from centers.models import Center
from common.forms.fields import EnglishNameField, TextField

PHONE = RegexValidator(r"^\+?[\d\- ()]{3,20}$", _("Digits, spaces and hyphens only."))


class CenterFactsForm(forms.ModelForm):
    """Phone and address, shown on the public page once they are entered, and the English name.

    Nothing else of the center is written.
    """

    class Meta:
        model = Center
        fields = ("phone", "address", "name_en")
        field_classes = {"phone": TextField, "address": TextField, "name_en": EnglishNameField}
        help_texts = {
            "name_en": _("The whole name. Left blank, the next import of the register spells out the Chinese one.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._name_en = self.instance.name_en
        self.fields["phone"].validators.append(PHONE)
        self.fields["phone"].widget.attrs["inputmode"] = "tel"
        self.fields["name_en"].widget.attrs["lang"] = "en"

    def save(self, commit: bool = True) -> Any:
        """Write these columns alone: somebody else may be renaming the center.

        An English name that people chose stays theirs.
        """
        if self.instance.name_en != self._name_en:
            self.instance.is_name_en_derived = not self.instance.name_en
        if commit:
            self.instance.save(update_fields=[*self.Meta.fields, "is_name_en_derived"])
        return self.instance
