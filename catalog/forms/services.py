"""Publishing a service, and saying one from above in a center's own words."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.choices import Audience, Channel, Function, Group
from catalog.domain.offers import Offer
from catalog.models import Service
from catalog.selectors.page import words
from catalog.values.fields import (
    ADAPTABLE,
    LONGEST_ENGLISH_TITLE,
    LONGEST_LINE,
    LONGEST_MINUTES,
    LONGEST_TEXT,
    LONGEST_TITLE,
)
from common.forms.fields import EnglishNameField, TextField
from common.forms.versions import VersionedForm
from common.words.names import zh


def _several(choices: Any, label: Any, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, choices=choices, widget=forms.CheckboxSelectMultiple, **more)


def _text(label: Any, **more: Any) -> TextField:
    return TextField(label=label, max_length=LONGEST_TEXT, required=False, widget=forms.Textarea({"rows": 2}), **more)


class WordsForm(forms.Form):
    """Words of a service that every center may say in its own way."""

    title = TextField(label=gettext_lazy("Title"), max_length=LONGEST_TITLE, required=False)
    title_en = EnglishNameField(
        label=gettext_lazy("English title"),
        max_length=LONGEST_ENGLISH_TITLE,
        required=False,
        widget=forms.TextInput({"lang": "en"}),
    )
    summary = TextField(label=gettext_lazy("In one line"), max_length=LONGEST_LINE, required=False)
    place = TextField(label=gettext_lazy("Where"), max_length=LONGEST_LINE, required=False)
    minutes = forms.IntegerField(
        label=gettext_lazy("Duration, minutes"),
        min_value=1,
        max_value=LONGEST_MINUTES,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    process = _text(gettext_lazy("How it is done"))
    bring = _text(gettext_lazy("What to bring"))


class ServiceForm(WordsForm):
    """A service as its center publishes it, for itself and all below it."""

    function = forms.ChoiceField(label=gettext_lazy("Function"), choices=Function.choices)
    audience = _several(Audience.choices, gettext_lazy("Whom it is for"))
    groups = _several(Group.choices, gettext_lazy("Specially for"), required=False)
    channels = _several(Channel.choices, gettext_lazy("Channels"), initial=[Channel.ON_SITE])
    field_order = ("function", "title", "title_en", "summary", "audience", "groups", "channels")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
        self.fields["title_en"].help_text = gettext_lazy("Left blank, English pages show the Chinese title.")

    @staticmethod
    def initial_of(service: Service) -> dict[str, Any]:
        """Initial data of the form for an existing service."""
        return {name: getattr(service, name) for name in ServiceForm.base_fields}


class EditServiceForm(VersionedForm, ServiceForm):
    """A service there is."""


class AdaptForm(VersionedForm, WordsForm):
    """A service from above in a center's own words; each field says what holds where it is left blank."""

    def __init__(self, *args: Any, inherited: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ADAPTABLE:
            value = getattr(inherited, name)
            self.fields[name].help_text = source_words(name, value, inherited)

    @staticmethod
    def initial_of(row: Service | None) -> Mapping[str, Any]:
        """Initial data of the form: what the center says so far."""
        return {name: getattr(row, name) for name in ADAPTABLE} if row else {}


def source_words(name: str, value: Any, inherited: Offer) -> str:
    """If left blank: 30 min, from 平湖市党群服务中心."""
    if value in ("", None):
        return _("If left blank: nothing is said of it.")
    source = inherited.source("title" if name == "title_en" else name).center
    return format_html(
        _("If left blank: {value}, from {center}."), value=words(name, value), center=zh(source.shown_name)
    )
