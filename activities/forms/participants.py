"""Form of one of the people whom an account signs up."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activities.choices import Relation
from activities.values.ages import OLDEST, age_on
from activities.values.people import Person
from common import clock
from common.forms.fields import TextField


class BirthDateField(forms.DateField):
    """Date of birth: past, and of somebody who may still live."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput({"type": "date", "autocomplete": "off"}, format="%Y-%m-%d")
        super().__init__(input_formats=["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d"], **{"widget": widget, **kwargs})

    def validate(self, value: dt.date | None) -> None:
        super().validate(value)
        if value is None:
            return
        if value > clock.today():
            raise ValidationError(gettext("This day is still to come."), code="to_come")
        if age_on(value, clock.today()) > OLDEST:
            raise ValidationError(gettext("Check the year."), code="too_old")


class PersonForm(forms.Form):
    """Name and relation; the date of birth may stay empty: activities with an age rule ask for it."""

    name = TextField(label=_("Full name"), max_length=40)
    relation = forms.ChoiceField(label=_("Who it is"))
    birth_date = BirthDateField(
        label=_("Date of birth"),
        required=False,
        help_text=_("Asked by activities with an age limit. Only they use it."),
    )

    def __init__(self, *args: Any, has_self: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relation = self.fields["relation"]
        assert isinstance(relation, forms.ChoiceField)  # noqa: S101 (for the type checker)
        relation.choices = relation_choices(has_self=has_self)

    def person(self) -> Person:
        """The person of the clean data."""
        data = self.cleaned_data
        return Person(data["name"], data["relation"], data["birth_date"])


def relation_choices(*, has_self: bool) -> list[tuple[str, Any]]:
    """Relations to choose from: an account has one who is its holder."""
    return [choice for choice in Relation.choices if not has_self or choice[0] != Relation.SELF]
