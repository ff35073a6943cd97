"""Form of signing up: who of one's people comes, who is new, consents."""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activities.choices import Relation
from activities.domain.rules import Entry, entry_refusals, needs_birth_date
from activities.exceptions import BirthDateMissing, NobodyChosen, SamePersonElsewhere, SignUpError, TooOld, TooYoung
from activities.forms.participants import BirthDateField, relation_choices
from activities.forms.refusals import add_entry_refusals
from activities.models import Activity, Participant
from activities.selectors.detail import BORN, PersonOption
from activities.values.people import Party, Person
from common.errors import DomainError
from common.forms.fields import TextField
from common.words.names import zh

# A family signs up together the first time too; the rows after the first fold until they are wanted.
MOST_NEWCOMERS = 4
_SUFFIXES = ("", *(f"_{n}" for n in range(2, MOST_NEWCOMERS + 1)))


@dataclasses.dataclass(frozen=True)
class NewcomerRow:
    """Fields of one person who isn't known yet. `birth_date` is None where no age rule asks for it."""

    name: forms.BoundField
    relation: forms.BoundField
    birth_date: forms.BoundField | None

    @property
    def is_open(self) -> bool:
        """Whether something stands in it or is wrong with it."""
        fields = [field for field in (self.name, self.birth_date) if field is not None]
        return any(field.value() or field.errors for field in fields) or bool(self.relation.errors)


class JoinForm(forms.Form):
    """Form of who comes: people known already by their number, newcomers by name.

    Dates of birth are asked only where the activity has an age rule, of those who have none yet. Consents are never
    ticked beforehand.
    """

    refusal: DomainError | None = None
    people = forms.MultipleChoiceField(label=_("Who comes"), required=False, widget=forms.CheckboxSelectMultiple)
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
        self.activity = activity
        self.asks_birth_date = needs_birth_date(activity)
        self.options = options
        super().__init__(data, initial=initial)
        self._choose("people", [(str(option.participant.pk), option.participant.name) for option in options])
        has_self = any(option.participant.relation == Relation.SELF for option in options)
        # A form sent twice names its holder again.
        is_holder = not has_self or self.data.get("relation") == Relation.SELF
        for suffix in _SUFFIXES:
            self._add_newcomer(suffix, with_self=is_holder and not suffix)
        self.order_fields(
            ["people", *(name for name in self.fields if name.startswith(("name", "relation", "birth_")))]
        )
        for option in options:
            if option.asks_birth_date:
                label = format_html(gettext("Date of birth of {name}"), name=zh(option.participant.name))
                self.fields[option.birth_field] = BirthDateField(label=label, required=False)

    @staticmethod
    def typed(sent: Mapping[str, list[str]]) -> dict[str, Any]:
        """Answers to begin with, as this form sent them before."""
        return {name: values if name == "people" else values[-1] for name, values in sent.items() if values}

    @property
    def ticked(self) -> list[str]:
        """Numbers of the people ticked."""
        return list(self["people"].value() or [])

    @property
    def newcomers(self) -> list[NewcomerRow]:
        """The rows of people who aren't known yet."""
        return [
            NewcomerRow(
                self[f"name{suffix}"],
                self[f"relation{suffix}"],
                self[f"birth_date{suffix}"] if self.asks_birth_date else None,
            )
            for suffix in _SUFFIXES
        ]

    @property
    def has_newcomers(self) -> bool:
        """Whether somebody new is written down, or something is wrong with that."""
        return any(row.is_open for row in self.newcomers)

    @property
    def asks_same_person(self) -> bool:
        """Whether somebody of this name is signed up from elsewhere, which only its sender can tell apart."""
        return isinstance(self.refusal, SamePersonElsewhere) or bool(self["is_another_person"].value())

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        names = [f"name{suffix}" for suffix in _SUFFIXES]
        if not any(data.get(field) for field in ("people", *names)) and not {"people", *names} & self.errors.keys():
            self.add_error("people", str(NobodyChosen.message))
        found = [
            (self._field_of(refusal, born), refusal)
            for participant, born in self._described()
            for refusal in entry_refusals(self.activity, Entry(participant, bool(data.get("guardian_consent"))))
        ]
        add_entry_refusals(self, found)
        return data

    def _described(self) -> Iterator[tuple[Participant, str]]:
        """The people of the form, as the rules judge them, each with the field of their date of birth."""
        data = self.cleaned_data
        for option in self.options:
            if str(option.participant.pk) in data.get("people", []):
                person, born = option.participant, option.birth_field
                birth_date = person.birth_date or data.get(born)
                yield Participant(name=person.name, relation=person.relation, birth_date=birth_date), born
        for suffix in _SUFFIXES:
            if name := data.get(f"name{suffix}"):
                relation = data.get(f"relation{suffix}") or Relation.OTHER
                born = f"birth_date{suffix}"
                yield Participant(name=name, relation=relation, birth_date=data.get(born)), born

    def _field_of(self, refusal: SignUpError, born: str) -> str:
        """The field at which a refusal of a person is said; of an age, at the date of birth where it is asked."""
        is_of_age = isinstance(refusal, (BirthDateMissing, TooYoung, TooOld))
        return born if is_of_age and born in self.fields else str(refusal.field)

    def party(self) -> Party:
        """The party of the clean data."""
        data = self.cleaned_data
        chosen = [int(pk) for pk in data["people"]]
        born: dict[int, dt.date] = {pk: moment for pk in chosen if (moment := data.get(f"{BORN}{pk}")) is not None}
        newcomers = [
            Person(name, data[f"relation{suffix}"] or Relation.OTHER, data.get(f"birth_date{suffix}"))
            for suffix in _SUFFIXES
            if (name := data[f"name{suffix}"])
        ]
        consents = {name: data[name] for name in ("guardian_consent", "photo_consent", "is_another_person")}
        return Party(chosen, born, newcomers, **consents)

    def _add_newcomer(self, suffix: str, *, with_self: bool) -> None:
        """Add the fields of a person who isn't known yet."""
        # By the placeholder the style tells whether somebody is written down.
        widget = forms.TextInput({"autocomplete": "off", "placeholder": " "})
        choices = relation_choices(has_self=not with_self)
        self.fields[f"name{suffix}"] = TextField(label=_("Full name"), max_length=40, required=False, widget=widget)
        self.fields[f"relation{suffix}"] = forms.ChoiceField(label=_("Who it is"), required=False, choices=choices)
        if suffix:
            self.initial.setdefault(f"relation{suffix}", Relation.CHILD)
        if self.asks_birth_date:
            self.fields[f"birth_date{suffix}"] = BirthDateField(label=_("Date of birth"), required=False)

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
        field.choices = choices
