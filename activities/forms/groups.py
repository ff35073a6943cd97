"""Form of people who came as one organisation."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.exceptions import MoreNamesThanPeople, NobodyCounted
from activities.forms.desk import MOST_AT_ONCE
from activities.values.people import Group
from common.text import cleaned_text
from common.words.names import zh
from organizations.models import Organization
from organizations.querysets import OrganizationQuerySet

LONGEST_NAME = 40


class OrganizationChoices(forms.ModelChoiceField):
    """Organisations by name, to pick one; only those shown are offered, any that may come is accepted."""

    widget = forms.RadioSelect

    def label_from_instance(self, obj: Any) -> str:
        return zh(obj.shown_name)


class NamesField(forms.CharField):
    """Field of names, one a line; its value is a list of those that aren't blank."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        lines = str(value or "").splitlines()
        return [name for line in lines if (name := cleaned_text(line).strip())]

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > MOST_AT_ONCE:
            raise forms.ValidationError(_("At most %(n)s names at once.") % {"n": MOST_AT_ONCE}, code="too_many")
        if long := next((name for name in value if len(name) > LONGEST_NAME), None):
            words = _("“%(name)s …” is too long for a name: write one name a line.") % {"name": long[:LONGEST_NAME]}
            raise forms.ValidationError(words, code="too_long")

    def run_validators(self, value: Any) -> None:
        """The lines were looked at one by one."""


class GroupForm(forms.Form):
    """The organisation, and how many came of it: as a number, as names, or both."""

    organization = OrganizationChoices(
        label=_("Which organisation"),
        queryset=Organization.objects.none(),
        error_messages={"required": _("Choose the organisation.")},
    )
    count = forms.IntegerField(label=_("People"), min_value=1, max_value=MOST_AT_ONCE, required=False)
    names = NamesField(
        label=_("Names, one a line"),
        required=False,
        help_text=_("Only if the record needs them. They stand in the ledger and nowhere else."),
        widget=forms.Textarea({"rows": 5, "autocomplete": "off"}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(
        self, *args: Any, organizations: OrganizationQuerySet, shown: list[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organization"]
        assert isinstance(field, OrganizationChoices)  # noqa: S101 (for the type checker)
        field.queryset = organizations
        field.choices = [(one.pk, field.label_from_instance(one)) for one in shown]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if {"names", "count"} & self.errors.keys():
            return data
        names, count = data.get("names") or [], data.get("count")
        if not names and count is None:
            self.add_error("count", str(NobodyCounted.message))
        elif count is not None and count < len(names):
            self.add_error("count", str(MoreNamesThanPeople.message) % {"names": len(names), "count": count})
        return data

    def group(self) -> Group:
        """The group of the clean data."""
        data = self.cleaned_data
        return Group(data["organization"].pk, data["key"], data["count"], tuple(data["names"]))
