"""Form of signing up: who of one's people comes, somebody new, consents."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activities.choices import Relation
from activities.domain.rules import needs_birth_date
from activities.exceptions import BirthDateMissing, NobodyChosen, SamePersonElsewhere
from activities.forms.participants import BirthDateField, relation_choices
from activities.models import Activity
from activities.selectors.detail import BORN, PersonOption
from activities.values.people import Party, Person
from common.errors import DomainError
from common.forms.fields import TextField
from common.words.names import zh


class JoinForm(forms.Form):
    """Form of who comes: people known already by their number, one newcomer by name.

    Dates of birth are asked only where the activity has an age rule, of those who have none yet. Consents are never
    ticked beforehand.
    """

    refusal: DomainError | None = None
    people = forms.MultipleChoiceField(label=_("Who comes"), required=False, widget=forms.CheckboxSelectMultiple)
    name = TextField(
        label=_("Full name"), max_length=40, required=False, widget=forms.TextInput({"autocomplete": "off"})
    )
    relation = forms.ChoiceField(label=_("Who it is"), required=False)
    birth_date = BirthDateField(label=_("Date of birth"), required=False)
    guardian_consent = forms.BooleanField(
        label=_("I am the guardian of the children chosen, and agree that they take part"), required=False
    )
    photo_consent = forms.BooleanField(
        label=_("Photos of those I sign up may be published"),
        help_text=_("You can sign up without it: photos then stay in the center's own files."),
        required=False,
    )
    is_another_person = forms.BooleanField(label=_("That is another person of the same name"), required=False)

    def __init__(
        self, data: Any = None, *, activity: Activity, options: Sequence[PersonOption], initial: dict[str, Any]
    ) -> None:
        self.asks_birth_date = needs_birth_date(activity)
        self.options = options
        super().__init__(data, initial=initial)
        has_self = any(option.participant.relation == Relation.SELF for option in options)
        self._choose("people", [(str(option.participant.pk), option.participant.name) for option in options])
        # A form sent twice names its holder again.
        self._choose("relation", relation_choices(has_self=has_self and self.data.get("relation") != Relation.SELF))
        if not self.asks_birth_date:
            del self.fields["birth_date"]
        for option in options:
            if option.asks_birth_date:
                label = format_html(gettext("Date of birth of {name}"), name=zh(option.participant.name))
                self.fields[option.birth_field] = BirthDateField(label=label, required=False)

    @property
    def ticked(self) -> list[str]:
        """Numbers of the people ticked."""
        return list(self["people"].value() or [])

    @property
    def asks_same_person(self) -> bool:
        """Whether somebody of this name is signed up from elsewhere, which only its sender can tell apart."""
        return isinstance(self.refusal, SamePersonElsewhere) or bool(self["is_another_person"].value())

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not data.get("people") and not data.get("name") and not {"people", "name"} & self.errors.keys():
            self.add_error("people", str(NobodyChosen.message))
        for option in self.options:
            is_chosen = str(option.participant.pk) in data.get("people", [])
            if is_chosen and option.asks_birth_date and not data.get(option.birth_field):
                words = str(BirthDateMissing.message) % {"name": option.participant.name}
                self.add_error(option.birth_field, words)
        return data

    def party(self) -> Party:
        """The party of the clean data."""
        data = self.cleaned_data
        chosen = [int(pk) for pk in data["people"]]
        born: dict[int, dt.date] = {pk: moment for pk in chosen if (moment := data.get(f"{BORN}{pk}")) is not None}
        relation = data["relation"] or Relation.OTHER
        newcomer = Person(data["name"], relation, data.get("birth_date")) if data["name"] else None
        consents = {name: data[name] for name in ("guardian_consent", "photo_consent", "is_another_person")}
        return Party(chosen, born, newcomer, **consents)

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
        field.choices = choices
