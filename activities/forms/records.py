"""Forms of recording: how many came, and one line. The key goes with the form from the moment it is first shown."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from activities.choices import ActivityKind
from activities.exceptions import PhotoConsentMissing, ReviseReasonMissing
from activities.forms.details import DetailFields
from activities.forms.plans import WhenForm
from activities.services.photos import NewPhoto
from activities.values.plans import ActivityPlan
from common.forms.fields import FilesField, FilesInput, TextField
from common.forms.widgets import Stepper

MOST = 20_000


class PhotosField(FilesField):
    """Field of photos, taken at once or chosen."""

    def __init__(self, **kwargs: Any) -> None:
        widget = FilesInput({"accept": "image/*"})
        super().__init__(label=_("Photos"), required=False, widget=widget, **kwargs)


class PhotosForm(forms.Form):
    """Photos of an activity. The key goes with the form from the moment it is first shown."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    photos = PhotosField(
        help_text=_("Up to three. Where and by what they were taken isn't kept; only colleagues see them.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())

    def new_photos(self) -> list[NewPhoto]:
        """Photos of the clean data. Their keys follow from that of the form: sent twice they are the same."""
        data = self.cleaned_data
        return [NewPhoto(uuid.uuid5(data["key"], str(n)), file) for n, file in enumerate(data["photos"])]


class RecordForm(PhotosForm):
    """Record of an activity that was held."""

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

    field_order: tuple[str, ...] = ("key", "attendance", "photos", "note")

    def __init__(self, *args: Any, door: int | None = None, **kwargs: Any) -> None:
        """`door`: the number of people that were checked in or counted; None where there was no door."""
        super().__init__(*args, **kwargs)
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


class HeldForm(RecordForm, DetailFields, WhenForm):
    """An activity that was never planned here, with its record; photos are added afterwards."""

    # Django's own way to leave out fields; of what is over nobody asks when it was asked for.
    photos = None  # type: ignore[assignment]
    asked_on = None  # type: ignore[assignment]
    short_notice_reason = None  # type: ignore[assignment]
    kind = forms.ChoiceField(label=_("Kind"), choices=ActivityKind.choices, initial=ActivityKind.ACTIVITY)
    title = TextField(label=_("Title"), max_length=60)
    place = TextField(label=_("Place"), max_length=80, required=False)

    field_order = ("key", "kind", "title", "day", "starts_at", "ends_at", "last_day", "place", "attendance", "note")

    def plan(self) -> ActivityPlan:
        """The plan of the clean data: nobody signs up for what is over."""
        starts_at, ends_at = self.span()
        said = {name: self.cleaned_data[name] for name in ("kind", "title", "place")}
        return ActivityPlan(**said, starts_at=starts_at, ends_at=ends_at, takes_sign_ups=False, detail=self.detail())


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


class ConsentForm(forms.Form):
    """Consent to a photo that residents will see: whose, and how it was given."""

    consent = TextField(
        label=_("Who consented, and how"),
        max_length=100,
        error_messages={"required": PhotoConsentMissing.message},
        help_text=_("Of minors: their guardian."),
    )
