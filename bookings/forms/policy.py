"""The rules of booking of a center or a room: every field may stay blank, and says what then holds."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bookings.choices import ConfirmMode
from bookings.models import BookingPolicy
from bookings.selectors.policy import Inherited
from bookings.values.policy import FIELDS
from common.forms.versions import VersionedForm
from common.words.names import zh


class PolicyForm(VersionedForm, forms.ModelForm):
    """Shape and limits are the model's. `inherited` says, by field, what a blank one takes and from where."""

    class Meta:
        model = BookingPolicy
        fields = FIELDS

    def __init__(self, *args: Any, inherited: Mapping[str, Inherited], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["confirm_mode"] = forms.ChoiceField(
            label=self.fields["confirm_mode"].label,
            choices=[("", gettext_lazy("As inherited")), *ConfirmMode.choices],
            required=False,
        )
        for name in FIELDS:
            self.fields[name].help_text = source_words(inherited[name])

    def clean_confirm_mode(self) -> str | None:
        return self.cleaned_data["confirm_mode"] or None


def source_words(inherited: Inherited) -> str:
    """If left blank: 30, from 平湖市党群服务中心."""
    value = ConfirmMode(inherited.value).label if inherited.value in ConfirmMode.values else inherited.value
    if inherited.source is None:
        return format_html(_("If left blank: {value}, the portal's default."), value=value)
    return format_html(_("If left blank: {value}, from {center}."), value=value, center=zh(inherited.source.shown_name))
