"""Forms of recording: how many came, and one line. The key goes with the form from the moment it is first shown."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from activities.choices import ActivityKind
from activities.exceptions import ReviseReasonMissing
from activities.forms.plans import WhenForm
from activities.values.plans import ActivityPlan
from common.forms.fields import TextField
from common.forms.widgets import Stepper

MOST = 20_000


class RecordForm(forms.Form):
    """Record of an activity that was held."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    attendance = forms.IntegerField(
        label=_("How many people came"), min_value=0, max_value=MOST, widget=Stepper({"min": 0}, by=1)
    )
    note = TextField(
        label=_("One line"),
        max_length=200,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("What was done, for the work diary."),
    )

    def __init__(self, *args: Any, door: int | None = None, **kwargs: Any) -> None:
        """`door`: the number of people that were checked in or counted; None where there was no door."""
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        if door is not None:
            self.initial["attendance"] = door or None
            self.fields["attendance"].help_text = door_words(door)


def door_words(door: int) -> str:
    """Words for where the number comes from."""
    if not door:
        return gettext("Nobody was checked in. Enter how many came.")
    words = ngettext(
        "Filled in from the door: %(n)s was checked in or counted. It can be more, not fewer.",
        "Filled in from the door: %(n)s were checked in or counted. It can be more, not fewer.",
        door,
    )
    return words % {"n": door}


class HeldForm(RecordForm, WhenForm):
    """An activity that was never planned here, with its record."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ActivityKind.choices, initial=ActivityKind.ACTIVITY)
    title = TextField(label=_("Title"), max_length=60)
    place = TextField(label=_("Place"), max_length=80, required=False)

    field_order = ("key", "kind", "title", "day", "starts_at", "ends_at", "last_day", "place", "attendance", "note")

    def plan(self) -> ActivityPlan:
        """The plan of the clean data: nobody signs up for what is over."""
        starts_at, ends_at = self.span()
        said = {name: self.cleaned_data[name] for name in ("kind", "title", "place")}
        return ActivityPlan(**said, starts_at=starts_at, ends_at=ends_at, takes_sign_ups=False)


class ReviseForm(forms.Form):
    """Correction of a record, with its reason."""

    attendance = RecordForm.base_fields["attendance"]
    note = RecordForm.base_fields["note"]
    reason = TextField(
        label=_("Why it is corrected"),
        max_length=200,
        error_messages={"required": ReviseReasonMissing.message},
        help_text=_("What the record said before stays in its history."),
    )
