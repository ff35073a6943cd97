"""Forms of giving a rating: by a code or link, and on a center's tablet."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.exceptions import InvalidPhone
from accounts.values.phones import normalise_phone
from catalog.domain.offers import Offer
from common.forms.fields import HalfWidthField, TextField
from common.forms.widgets import NamesSelect
from ratings.choices import Grade
from ratings.exceptions import ServiceMissing
from ratings.services.giving import Answer
from ratings.values.limits import LONGEST_COMMENT


class RatingForm(forms.Form):
    """Grade, a word, a number to call back. No grade is chosen beforehand.

    `offers`: services to choose from, where the code is that of a center's counter.
    """

    service = forms.TypedChoiceField(
        label=_("What did you come for?"),
        coerce=int,
        widget=NamesSelect,
        error_messages={"required": ServiceMissing.message, "invalid_choice": ServiceMissing.message},
    )
    grade = forms.TypedChoiceField(
        label=_("How satisfied were you? Choose one"),
        choices=Grade.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how satisfied you were.")},
    )
    comment = TextField(
        label=_("Anything to say"),
        max_length=LONGEST_COMMENT,
        required=False,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off"}),
    )
    phone = HalfWidthField(
        label=_("Your mobile, if we may call back"),
        max_length=24,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Only the center's workers can see it, to call you about this. It is erased afterwards."),
    )

    def __init__(self, data: Any = None, *, offers: Sequence[Offer] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if offers is None:
            del self.fields["service"]
        else:
            field = self.fields["service"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
            field.choices = [("", _("Please choose")), *((offer.service.pk, offer.shown_title) for offer in offers)]

    def clean_phone(self) -> str:
        """Eleven digits, or empty."""
        typed: str = self.cleaned_data["phone"]
        number = normalise_phone(typed) if typed else ""
        if number is None:
            raise forms.ValidationError(InvalidPhone.message, code="invalid")
        return number

    @property
    def grades(self) -> list[tuple[Any, list[bool]]]:
        """Options of the grade, each with the squares that are drawn beside it."""
        return [
            (option, [number < grade for number in range(len(Grade))])
            for option, grade in zip(self["grade"], Grade, strict=True)
        ]

    @property
    def answer(self) -> Answer:
        """Answer of the clean data."""
        data = self.cleaned_data
        return Answer(Grade(data["grade"]), data["comment"], data["phone"])


class TabletForm(RatingForm):
    """The same on a tablet, where many rate one after the other: each form is a visit of its own."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
