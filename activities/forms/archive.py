"""Forms of the archive."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.exceptions import NoPhotoReasonMissing, ReopenReasonMissing
from common.forms.fields import TextField


class ArchiveForm(forms.Form):
    """Archiving of a record; where there is no photo, it says why."""

    no_photo_reason = TextField(
        label=_("Why there is no photo"),
        max_length=100,
        error_messages={"required": NoPhotoReasonMissing.message},
    )

    def __init__(self, *args: Any, asks_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_reason:
            del self.fields["no_photo_reason"]


class ReopenForm(forms.Form):
    """Why an activity is taken out of the archive."""

    reason = TextField(
        label=_("Reason"),
        max_length=200,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": ReopenReasonMissing.message},
        help_text=_("It stays in the history of the activity."),
    )
