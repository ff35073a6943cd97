"""Form of a center's phone, address and English name."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from centers.models import Center
from common.forms.fields import EnglishNameField, HalfWidthField, TextField
from common.forms.versions import VersionedForm

PHONE = RegexValidator(r"^\+?[\d\- ()]{3,20}$", _("Digits, spaces and hyphens only."))


class CenterFactsForm(VersionedForm, forms.ModelForm):
    """Form of phone and address, shown on the public page once they are entered, and the English name.

    `change_facts` saves them.
    """

    class Meta:
        model = Center
        fields = ("phone", "address", "name_en")
        field_classes = {"phone": HalfWidthField, "address": TextField, "name_en": EnglishNameField}
        help_texts = {
            "name_en": _("The whole name. Left blank, the next import of the register spells out the Chinese one.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].validators.append(PHONE)
        self.fields["phone"].widget.attrs["inputmode"] = "tel"
        self.fields["name_en"].widget.attrs["lang"] = "en"
