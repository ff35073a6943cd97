"""Form of other opening hours on one date."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from centers.forms.hours import STRETCHES, TimeField, read_stretches
from centers.values.opening import TimeSpan
from common import clock
from common.forms.fields import TextField
from common.forms.validators import within_bounds


def day_field() -> forms.DateField:
    """Date field within the bounds that dates can be calculated in."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    # Labelled "From" and "Until" in some forms, which don't name it.
    missing = {"required": _("Choose a day of the calendar.")}
    return forms.DateField(label=_("Date"), widget=widget, validators=[within_bounds], error_messages=missing)


class SpecialDayForm(forms.Form):
    """Form of a date, up to two stretches of opening (none: shut all day), and a reason."""

    day = day_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in STRETCHES:
            self.fields[f"on_opens_{number}"] = TimeField(str(_("Opens (%(number)s)") % {"number": number}))
            self.fields[f"on_closes_{number}"] = TimeField(
                str(_("Closes (%(number)s)") % {"number": number}), is_end=True
            )
        self.fields["reason"] = TextField(label=_("Reason"), max_length=80, required=False, widget=forms.TextInput())
        self.times: list[TimeSpan] = []

    def stretches(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Opening and closing side by side, for the template."""
        return [(self[f"on_opens_{number}"], self[f"on_closes_{number}"]) for number in STRETCHES]

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day < clock.today():
            raise forms.ValidationError(_("Choose today or a later date."))
        return day

    def clean(self) -> dict[str, Any]:
        self.times = read_stretches(self, "on")
        return self.cleaned_data


class SpecialDayRemoveForm(forms.Form):
    day = day_field()
