"""Setting up a room. Types and shape; what makes a hall, and whether a name is free, is the service's business."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bookings.choices import Equipment
from bookings.models import Space
from bookings.values.limits import LARGEST_HEADCOUNT
from centers.choices import AreaKind
from centers.models import Center
from common.forms.fields import EnglishNameField, TextField
from common.forms.versions import VersionedForm
from common.forms.widgets import Stepper
from common.words.names import zh


class SpaceForm(forms.Form):
    """A room as it is known to residents."""

    name = TextField(label=_("Name"), max_length=40, help_text=_("As on its door."))
    name_en = EnglishNameField(
        label=_("English name"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"lang": "en"}),
        help_text=_("Left blank, English pages show the Chinese name."),
    )
    area_kind = forms.ChoiceField(label=_("Functional area"), choices=AreaKind.choices, initial=AreaKind.ACTIVITY)
    capacity = forms.IntegerField(
        label=_("Capacity"),
        min_value=1,
        max_value=LARGEST_HEADCOUNT,
        widget=Stepper(),
        help_text=_("People at a time."),
    )
    equipment = forms.MultipleChoiceField(
        label=_("Equipment"), choices=Equipment.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    description = TextField(label=_("Description"), max_length=200, required=False)
    is_active = forms.BooleanField(
        label=_("Can be booked"),
        required=False,
        initial=True,
        help_text=_("Take it off, and residents no longer see the room."),
    )

    @staticmethod
    def initial_of(space: Space) -> dict[str, Any]:
        """Initial data of the form for an existing room."""
        return {name: getattr(space, name) for name in SpaceForm.base_fields}


class EditSpaceForm(VersionedForm, SpaceForm):
    """A room there is."""


class RoomChoices(forms.ModelMultipleChoiceField):
    """Rooms by name in the language of the page; marked where it stays Chinese in an English one."""

    def label_from_instance(self, obj: Any) -> str:
        return zh(obj.shown_name)


class NewSpaceForm(SpaceForm):
    """A new room, or a hall made of rooms there are: then it and they can't be taken at the same time."""

    parts = RoomChoices(
        label=_("Divides into"),
        queryset=Space.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only for a hall that divides: tick the rooms it is made of. Whoever books it books them all."),
    )

    def __init__(self, *args: Any, center: Center, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rooms = Space.objects.filter(center=center).order_by("id")
        if len(rooms) < 2:
            del self.fields["parts"]
        else:
            self.fields["parts"].queryset = rooms  # type: ignore[attr-defined]  # a ModelMultipleChoiceField
