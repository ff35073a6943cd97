"""Forms of the desk: a code, a number of people, a person who stands there."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.exceptions import InvalidPhone
from accounts.values.phones import normalise_phone
from activities.domain.rules import Entry, entry_refusals, needs_birth_date
from activities.exceptions import SignUpError
from activities.forms.participants import BirthDateField
from activities.forms.refusals import add_entry_refusals
from activities.models import Activity
from activities.services.desk import AtDesk
from common.forms.fields import HalfWidthField, TextField

MOST_AT_ONCE = 200
# A scanner types what the picture says: the code, or the address of the sign-up that ends in it.
CODE_AT_END = re.compile(r"([0-9A-Za-z]+)[/\s]*$")


class CodeForm(forms.Form):
    """Code of a sign-up, typed, or read from a phone by a scanner."""

    code = HalfWidthField(label=_("Code"), max_length=200)

    def clean_code(self) -> str:
        """The code alone, also out of an address."""
        found = CODE_AT_END.search(self.cleaned_data["code"].partition("?")[0])
        return found.group(1).upper() if found else self.cleaned_data["code"]


class CountForm(forms.Form):
    """Number of people who hadn't signed up."""

    count = forms.IntegerField(label=_("People"), min_value=1, max_value=MOST_AT_ONCE)


class UndoCountForm(forms.Form):
    """Count to take back, by its id: pressing twice takes back once."""

    counted = forms.IntegerField(widget=forms.HiddenInput)


class DeskSignUpForm(forms.Form):
    """A person at the desk. Only what this activity needs is asked."""

    name = TextField(label=_("Full name"), max_length=40, widget=forms.TextInput({"autocomplete": "off"}))
    phone = HalfWidthField(
        label=_("Mobile"),
        max_length=24,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("To call if something changes. Nobody else sees it."),
    )
    birth_date = BirthDateField(label=_("Date of birth"), required=False)
    is_child = forms.BooleanField(label=_("Under 18"), required=False)
    guardian_consent = forms.BooleanField(label=_("The guardian consents"), required=False)
    is_another_person = forms.BooleanField(label=_("Another person of the same name"), required=False)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity
        if needs_birth_date(activity):
            self.fields["birth_date"].required = True
            del self.fields["is_child"]
        else:
            del self.fields["birth_date"]
        if "is_another_person" not in self.data:
            self.fields["is_another_person"].widget = forms.HiddenInput()

    def clean_phone(self) -> str:
        """Eleven digits, or empty."""
        typed: str = self.cleaned_data["phone"]
        number = normalise_phone(typed) if typed else ""
        if number is None:
            raise forms.ValidationError(InvalidPhone.message, code="invalid")
        return number

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("name"):
            return data
        person = self.person().as_participant()
        refusals = entry_refusals(self.activity, Entry(person, bool(data.get("guardian_consent"))))
        add_entry_refusals(self, [(self._field_of(refusal), refusal) for refusal in refusals])
        return data

    def _field_of(self, refusal: SignUpError) -> str:
        """The field at which a refusal is said: its own, or the date of birth that an age follows from."""
        return refusal.field if refusal.field in self.fields else "birth_date"

    def person(self) -> AtDesk:
        """The person of the clean data."""
        return AtDesk(**{name: value for name, value in self.cleaned_data.items() if value not in (None, "")})


class RemoveForm(forms.Form):
    """Why somebody is taken out; may be left blank."""

    reason = TextField(label=_("Reason"), max_length=200, required=False)
