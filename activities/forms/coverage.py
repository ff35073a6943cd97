"""Form of the window that coverage is asked for."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.forms.plans import day_field
from common import clock


class CoverageForm(forms.Form):
    """First and last day of the window, both included; the year so far where nothing is said."""

    def __init__(self, data: Any) -> None:
        today = clock.today()
        self.usual = {"from": today.replace(month=1, day=1), "to": today}
        super().__init__({name: data.get(name) or day for name, day in self.usual.items()})
        # Named as in the address, where one of the names is a word of Python.
        self.fields["from"] = day_field(_("From"))
        self.fields["to"] = day_field(_("Until"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("from"), data.get("to")
        if first and last and last < first:
            self.add_error("to", _("The last day is before the first."))
        return data

    def window(self) -> tuple[dt.date, dt.date] | None:
        """First and last day; None where what was asked makes no sense."""
        if not self.is_valid():
            return None
        return self.cleaned_data["from"], self.cleaned_data["to"]
