"""Forms of booking a space: the slot that travels in the address, and who uses it.

Types and shape only; the rules are the service's.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bookings.choices import Purpose
from bookings.exceptions import BookingError, ReasonMissing
from bookings.models import Space
from bookings.services.booking import Contact
from bookings.values.limits import LARGEST_HEADCOUNT
from bookings.values.slot_request import SlotRequest
from bookings.values.slots import SLOT_FORMAT
from common.forms.fields import TextField
from common.forms.validators import within_bounds
from common.forms.widgets import Stepper


class SlotForm(forms.Form):
    """Form of a slot: all about a booking that needs no signing in."""

    starts_at = forms.DateTimeField(label=_("From"), input_formats=[SLOT_FORMAT], validators=[within_bounds])
    ends_at = forms.DateTimeField(label=_("Until"), input_formats=[SLOT_FORMAT], validators=[within_bounds])
    headcount = forms.IntegerField(label=_("Headcount"), min_value=1, max_value=LARGEST_HEADCOUNT, widget=Stepper())
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)

    def request(self, space: Space, booker: User) -> SlotRequest:
        """The slot request of the clean data."""
        data = self.cleaned_data
        return SlotRequest(data["starts_at"], data["ends_at"], data["headcount"], space.pk, booker.pk)


class BookingForm(SlotForm):
    """The check page: the slot, unseen, and who uses it."""

    refusal: BookingError | None = None
    name = TextField(
        label=_("Contact"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "name"}),
        help_text=_("Who the center asks for, if it has to call."),
    )
    organisation = TextField(
        label=_("Organisation"), max_length=60, required=False, widget=forms.TextInput({"autocomplete": "organization"})
    )
    note = TextField(label=_("Anything the center should know"), max_length=200, required=False)
    agree = forms.BooleanField(
        label=_("I accept the venue rules"), error_messages={"required": _("Tick this to go on.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in SlotForm.base_fields:
            self.fields[name].widget = forms.HiddenInput()

    def contact(self, phone: str) -> Contact:
        """Contact from the clean data and the account's phone."""
        data = self.cleaned_data
        return Contact(name=data["name"], phone=phone, organisation=data["organisation"], note=data["note"])


class ReasonForm(forms.Form):
    """Why a booking is taken back. Staff must say; a booker isn't asked."""

    reason = TextField(label=_("Reason"), max_length=200, error_messages={"required": ReasonMissing.message})

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = not is_own
