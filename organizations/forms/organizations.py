"""Forms of an organisation, its move, its end and its liaison. Types and shape; the rules are the services'."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.values.usernames import normalise_username
from centers.models import Center
from centers.querysets import CenterQuerySet
from common.forms.fields import EnglishNameField, HalfWidthField, TextField
from common.forms.versions import VersionedForm
from common.forms.widgets import NamesSelect
from organizations.choices import FieldOfWork, OrganizationType
from organizations.models import Liaison, Organization
from organizations.querysets import OrganizationQuerySet
from organizations.values.import_rows import FIRST, LAST


class NamesField(forms.ModelChoiceField):
    """Things by their name in the language of the page."""

    widget = NamesSelect

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.shown_name)


def life_day_field(label: Any, **more: Any) -> forms.DateField:
    """Date field for a day in the life of an organisation, which may have begun a century ago."""
    widget = forms.DateInput(
        attrs={"type": "date", "min": FIRST.isoformat(), "max": LAST.isoformat()}, format="%Y-%m-%d"
    )
    return forms.DateField(label=label, widget=widget, validators=[_within_life], **more)


def _within_life(day: dt.date) -> None:
    if not FIRST <= day <= LAST:
        raise forms.ValidationError(_("Choose a day of the calendar."), code="out_of_range")


class OrganizationForm(forms.Form):
    """An organisation as the public sees it."""

    name = TextField(label=_("Name"), max_length=80, help_text=_("In full, as on its seal."))
    short_name = TextField(label=_("Short name"), max_length=40, required=False)
    name_en = EnglishNameField(
        label=_("English name"),
        max_length=240,
        required=False,
        widget=forms.TextInput({"lang": "en"}),
        help_text=_("Left blank, it is spelled out from the Chinese name."),
    )
    type = forms.ChoiceField(label=_("Type"), choices=OrganizationType.choices, initial=OrganizationType.BRANCH)
    field_of_work = forms.ChoiceField(
        label=_("Field of work"), choices=FieldOfWork.choices, initial=FieldOfWork.COMMUNITY
    )
    parent = NamesField(
        label=_("Party organisation above"),
        queryset=Organization.objects.none(),
        required=False,
        empty_label=_("None here"),
        help_text=_("Of this center or one above it."),
    )
    founded_on = life_day_field(_("Founded on"), required=False)

    def __init__(self, *args: Any, parents: OrganizationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]  # a ModelChoiceField

    @staticmethod
    def initial_of(organization: Organization) -> dict[str, Any]:
        """Initial data of the form for an existing organisation; a derived English name isn't anybody's choice."""
        values = {name: getattr(organization, name) for name in OrganizationForm.base_fields if name != "parent"}
        own = "" if organization.is_name_en_derived else organization.name_en
        return {**values, "name_en": own, "parent": organization.parent_id}


class EditOrganizationForm(VersionedForm, OrganizationForm):
    """An organisation there is."""


class MoveForm(forms.Form):
    """The center that an organisation moves to, and from when on."""

    center = NamesField(label=_("New center"), queryset=Center.objects.none(), to_field_name="code")
    on = life_day_field(_("First day there"))

    def __init__(self, *args: Any, centers: CenterQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["center"].queryset = centers  # type: ignore[attr-defined]  # a ModelChoiceField


class DissolveForm(forms.Form):
    """The last day of an organisation."""

    last = life_day_field(_("Last day"), help_text=_("From the day after it is no longer counted."))

    @property
    def on(self) -> dt.date:
        """The first day it no longer exists."""
        day: dt.date = self.cleaned_data["last"]
        return day + dt.timedelta(days=1)


class LiaisonForm(VersionedForm, forms.Form):
    """The person to talk to; a blank name removes them."""

    name = TextField(
        label=_("Liaison"),
        max_length=40,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("Left blank, the liaison and the number are erased."),
    )
    phone = HalfWidthField(
        label=_("Mobile"),
        max_length=24,
        required=False,
        widget=forms.TelInput({"autocomplete": "off", "inputmode": "numeric"}),
    )
    user = TextField(
        label=_("User name"),
        max_length=150,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("Of their staff account, if they have one."),
    )

    def __init__(self, *args: Any, liaison: Liaison | None, **kwargs: Any) -> None:
        """`liaison`: as it stands. The number is in no field: it isn't shown to who only looks."""
        if liaison is not None:
            username = liaison.user.username if liaison.user else ""
            kwargs["initial"] = {"name": liaison.name, "user": username}
        super().__init__(*args, **kwargs)
        if liaison is not None and liaison.phone:
            words = _("Left blank, it stays %(number)s as long as the name does.")
            self.fields["phone"].help_text = words % {"number": liaison.masked_phone}

    def clean_phone(self) -> str | None:
        return self.cleaned_data["phone"] or None

    def clean_user(self) -> User | None:
        name = normalise_username(self.cleaned_data["user"])
        if not name:
            return None
        user = User.objects.staff().filter(username__iexact=name, is_active=True, phone__isnull=True).first()
        if user is None:
            raise forms.ValidationError(_("There is no staff account with this user name."))
        return user

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("name") and (data.get("phone") or data.get("user")):
            self.add_error("name", _("Give the name of the liaison."))
        return data
