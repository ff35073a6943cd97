"""Forms of study visits: asking for one, and the center's answer."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.choices import VisitorLevel
from activities.exceptions import VisitReasonMissing
from activities.forms.plans import WhenForm
from activities.services.receptions import VisitWish
from activities.values.visits import MOST_VISITORS
from common.forms.fields import TextField
from common.forms.widgets import NamesSelect, Stepper


class VisitForm(WhenForm):
    """Request for a study visit. The key goes with the form from the moment it is first shown."""

    last_day = None  # type: ignore[assignment]  # Django's own way to leave out a field
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    center = forms.ChoiceField(label=_("Center to visit"), widget=NamesSelect)
    visiting_body = TextField(label=_("Visiting body"), max_length=60, help_text=_("As on the letter of introduction."))
    level = forms.ChoiceField(label=_("Its level"), choices=[("", _("Choose one")), *VisitorLevel.choices])
    people = forms.IntegerField(label=_("People"), min_value=1, max_value=MOST_VISITORS, widget=Stepper())
    contact_name = TextField(label=_("Contact"), max_length=40)
    note = TextField(
        label=_("What you would like to see"), max_length=200, required=False, widget=forms.Textarea({"rows": 2})
    )

    field_order = (
        "key", "center", "visiting_body", "level", "people", "day", "starts_at", "ends_at", "contact_name", "note",
    )  # fmt: skip

    def __init__(self, *args: Any, centers: Sequence[tuple[Any, Any]], **kwargs: Any) -> None:
        """`centers`: choices of the centers that can be visited."""
        super().__init__(*args, **kwargs)
        self.fields["center"].choices = centers  # type: ignore[attr-defined]
        self.initial.setdefault("key", uuid.uuid4())

    def wish(self) -> VisitWish:
        """Wish of the clean data."""
        data = self.cleaned_data
        starts_at, ends_at = self.span()
        return VisitWish(
            visiting_body=data["visiting_body"],
            level=data["level"],
            people=data["people"],
            starts_at=starts_at,
            ends_at=ends_at,
            contact_name=data["contact_name"],
            note=data["note"],
        )


class ConfirmVisitForm(forms.Form):
    """Arrangements for a visit that the center confirms."""

    title = TextField(label=_("Title"), max_length=60)
    liaison = TextField(label=_("Who looks after them"), max_length=40, help_text=_("One person of the center."))
    route = TextField(label=_("Route"), max_length=200, required=False, help_text=_("What they are shown, in order."))
    place = TextField(label=_("Where they are received"), max_length=80, required=False)


class RefuseVisitForm(forms.Form):
    """Why a visit is refused: who asked reads it."""

    reason = TextField(
        label=_("Reason"),
        max_length=200,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": VisitReasonMissing.message},
        help_text=_("Who asked reads this. Name another day if there is one."),
    )
