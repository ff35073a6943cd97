"""Forms of inspections, and of what has to be put right."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from activities.exceptions import OrganizationMissing, ProofMissing, SendBackReasonMissing
from activities.forms.plans import day_field
from activities.models import Photo
from common.forms.fields import TextField
from common.forms.widgets import NamesSelect


class FindingsForm(forms.Form):
    """Organisation that was inspected, and what was found."""

    organization = forms.TypedChoiceField(
        label=_("Organisation inspected"),
        coerce=int,
        widget=NamesSelect,
        error_messages={"required": OrganizationMissing.message},
    )
    findings = TextField(label=_("Findings"), max_length=1000, required=False, widget=forms.Textarea({"rows": 5}))

    def __init__(self, *args: Any, organizations: Sequence[tuple[Any, Any]], **kwargs: Any) -> None:
        """`organizations`: choices of those that may be inspected, by center."""
        super().__init__(*args, **kwargs)
        self.fields["organization"].choices = [("", _("Choose one")), *organizations]  # type: ignore[attr-defined]


class RectificationForm(forms.Form):
    """Demand of a rectification. The key goes with the form from the moment it is first shown."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    what = TextField(label=_("What has to be put right"), max_length=200, widget=forms.Textarea({"rows": 2}))
    due_on = day_field(_("Deadline"))
    answers_for = TextField(
        label=_("Who answers for it"), max_length=60, help_text=_("A post or an organisation, no name is needed.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())


class ProofForm(forms.Form):
    """Proof that something was put right, with a photo of the inspection where there is one."""

    proof = TextField(
        label=_("What was done"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": ProofMissing.message},
    )
    photo = forms.ChoiceField(label=_("Photo that shows it"), required=False)

    def __init__(self, *args: Any, photos: Sequence[Photo] = (), **kwargs: Any) -> None:
        """`photos`: those of the activity; without any the field isn't there."""
        super().__init__(*args, **kwargs)
        self.photos = {str(photo.pk): photo for photo in photos}
        numbered = [(pk, _g("Photo {n}").format(n=n)) for n, pk in enumerate(self.photos, start=1)]
        self.fields["photo"].choices = [("", _("None")), *numbered]  # type: ignore[attr-defined]
        if not photos:
            del self.fields["photo"]

    def chosen_photo(self) -> Photo | None:
        """The photo of the clean data."""
        return self.photos.get(self.cleaned_data.get("photo", ""))


class SendBackForm(forms.Form):
    """Reason for sending a rectification back."""

    note = TextField(
        label=_("What is still missing"),
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": SendBackReasonMissing.message},
    )
