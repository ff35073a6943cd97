"""No field of a form or a serializer speaks the frameworks' own words."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.template.loader import render_to_string
from django.utils import translation
from rest_framework import serializers

from common.forms.fields import TextField
from common.forms.renderer import NamedBoundField, Renderer
from common.i18n import default_words
from tests.architecture.sources import APPS

# What `common` defines is there to be built upon.
OWNERS = tuple(app for app in APPS if app not in ("common", "pingh_portal"))
# As Django and Django REST framework say it.
THEIRS = re.compile(
    r"^Ensure|valid choice|This field|Must be|Enter a valid (?!URL)|valid integer|wrong format|Not a valid|Expected"
)


def defined(base: type) -> Iterator[type]:
    """All forms or serializers of the portal."""
    for app in OWNERS:
        for module in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
            if re.search(r"\.(forms|filters|api)(\.|$)|serializers", module.name):
                for one in vars(importlib.import_module(module.name)).values():
                    if isinstance(one, type) and issubclass(one, base) and one.__module__ == module.name:
                        yield one


def fields_of(owner: Any) -> dict[str, Any]:
    return owner.base_fields if hasattr(owner, "base_fields") else owner._declared_fields


@pytest.mark.parametrize(
    ("base", "ours"),
    [(forms.BaseForm, default_words.OF_FORMS), (serializers.BaseSerializer, default_words.OF_SERIALIZERS)],
)
def test_every_field_was_made_after_the_words_were_set(base: type, ours: dict[type, dict[str, Any]]) -> None:
    owners = list(defined(base))
    assert len(owners) > 5
    with translation.override("en"):
        theirs = {
            f"{owner.__name__}.{name} {code}: {field.error_messages[code]}"
            for owner in owners
            for name, field in fields_of(owner).items()
            for kind, words in ours.items()
            if isinstance(field, kind)
            for code in words
            if THEIRS.search(str(field.error_messages.get(code, "")))
        }
    assert not theirs


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (TextField(), " ", "This is required."),
        (TextField(max_length=3), "four", "At most 3 characters; these are 4."),
        (forms.IntegerField(max_value=9), "10", "Enter 9 or less."),
        (forms.IntegerField(min_value=1), "0", "Enter 1 or more."),
        (forms.IntegerField(), "many", "Enter a whole number."),
        (forms.DateField(), "2026-02-30", "Choose a day of the calendar."),
        (forms.ChoiceField(choices=[("x", "X")]), "y", "Choose from the list."),
        (forms.MultipleChoiceField(choices=[("x", "X")]), ["y"], "Choose from the list."),
        (forms.EmailField(), "name", "Enter an e-mail address, like name@example.com."),
    ],
)
def test_forms_say(field: forms.Field, value: Any, words: str) -> None:
    with translation.override("en"):
        with pytest.raises(forms.ValidationError) as refused:
            field.clean(value)
        assert refused.value.messages == [words]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (serializers.CharField(), "", "This is required."),
        (serializers.CharField(), None, "This can't be null."),
        (serializers.CharField(max_length=3), "four", "At most 3 characters."),
        (serializers.IntegerField(max_value=9), 10, "Enter 9 or less."),
        (serializers.IntegerField(), "many", "Enter a whole number."),
        (serializers.IntegerField(), "9" * 2000, "Enter a whole number."),
        (serializers.DateTimeField(), "soon", "Write a date with its time, like 2026-12-01T09:00."),
        (serializers.DateField(), "soon", "Write a date, like 2026-12-01."),
        (serializers.ChoiceField(choices=["x"]), "y", "“y” is none of the choices."),
    ],
)
def test_the_api_says(field: Any, value: Any, words: str) -> None:
    with translation.override("en"):
        with pytest.raises(serializers.ValidationError) as refused:
            field.run_validation(value)
        assert [str(detail) for detail in refused.value.detail] == [words]


class Visit(forms.Form):
    contact = TextField(label="Contact")
    purpose = forms.ChoiceField(label="Purpose", choices=[("x", "X")])
    day = forms.ChoiceField(label="Day", choices=[("x", "X")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="I have read the rules of the house")
    code = TextField(label="Code", error_messages={"required": "Enter the 6 digits"})
    note = TextField(label="Note", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].label = "Your name"


def test_a_form_names_what_is_missing() -> None:
    with translation.override("en"):
        assert {name: list(errors) for name, errors in Visit({}).errors.items()} == {
            "contact": ["“Your name” is required."],
            "purpose": ["“Purpose” is required: choose one."],
            "day": ["“Day” is required: choose one."],
            "agree": ["Tick this to go on."],
            "code": ["Enter the 6 digits"],
        }
    with translation.override("zh-hans"):
        form = Visit({})
        form.fields["contact"].label = "联系人"
        assert form.errors["contact"] == ["请填写联系人"]


def test_every_form_names_it() -> None:
    """Whichever way a form is made, its renderer is the project's."""
    assert isinstance(forms.renderers.get_default_renderer(), Renderer)
    assert isinstance(Visit()["contact"], NamedBoundField)
    assert not [form.__name__ for form in defined(forms.BaseForm) if form.default_renderer or form.bound_field_class]


def test_the_summary_names_it_once() -> None:
    with translation.override("en"):
        page = render_to_string("components/_error_summary.html", {"form": Visit({"purpose": "y"})})
    said = [" ".join(line.split()) for line in re.findall(r'<a href="#[^>]*>(.*?)</a>', page, re.DOTALL)]
    assert "“Your name” is required." in said and "Purpose: Choose from the list." in said


def test_validators_of_models_say_the_same() -> None:
    with translation.override("en"):
        for validator, value in ((MaxLengthValidator(2), "abc"), (MaxValueValidator(2), 3)):
            with pytest.raises(forms.ValidationError) as refused:
                validator(value)
            assert not THEIRS.search(refused.value.messages[0])
