"""Forms of the buttons that ask for files: which format, which center's month."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.months import Month
from ledger.choices import ExportFormat


class MonthField(forms.CharField):
    """Field of a month that isn't to come, such as 2026-11; its value is a Month."""

    def to_python(self, value: Any) -> Any:
        month = Month.said(super().to_python(value) or "")
        if month is None:
            raise forms.ValidationError(_("Choose a month that has begun."), code="invalid")
        return month

    def run_validators(self, value: Any) -> None:
        """A Month is valid."""


class FormatForm(forms.Form):
    """Format of the file of one activity."""

    format = forms.ChoiceField(label=_("Format"), choices=ExportFormat.choices)


class MonthForm(forms.Form):
    """Month of a work log."""

    month = MonthField(label=_("Month"), max_length=7)


class MonthFileForm(MonthForm, FormatForm):
    """Month and format of a file of ledgers."""
