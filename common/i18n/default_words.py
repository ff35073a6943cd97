"""Default error messages of form and serializer fields, in words for those who fill them in.

Fields copy their class's messages when they are made, so `install` comes before any form or serializer is defined
(`common.apps`). A field that knows better still says so itself (`error_messages`).
"""

from typing import Any

from django import forms
from django.core import validators
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from rest_framework import relations, serializers

# Of a field that stands in no form; in a form it is named (`required_words`).
REQUIRED = _("This is required.")
MISSING = {
    "fill": _("“{field}” is required."),
    "choose": _("“{field}” is required: choose one."),
    "tick": _("Tick this to go on."),
}
LEFT_OUT = _("This can't be left out.")
WHOLE_NUMBER = _("Enter a whole number.")
FROM_THE_LIST = _("Choose from the list.")
TOO_LONG = ngettext_lazy(
    "At most %(limit_value)d character; these are %(show_value)d.",
    "At most %(limit_value)d characters; these are %(show_value)d.",
    "limit_value",
)
TOO_SHORT = ngettext_lazy(
    "At least %(limit_value)d character; these are %(show_value)d.",
    "At least %(limit_value)d characters; these are %(show_value)d.",
    "limit_value",
)
WITH_A_TIME = _("Write a date with its time, like 2026-12-01T09:00.")
WITHOUT_A_TIME = _("Write a date, like 2026-12-01.")

OF_FORMS: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": REQUIRED},
    forms.IntegerField: {"invalid": WHOLE_NUMBER},
    forms.DateField: {"invalid": _("Choose a day of the calendar.")},
    forms.DateTimeField: {"invalid": _("Choose a day of the calendar and a time.")},
    forms.ChoiceField: {"invalid_choice": FROM_THE_LIST},
    forms.MultipleChoiceField: {"invalid_choice": FROM_THE_LIST, "invalid_list": FROM_THE_LIST},
    forms.ModelChoiceField: {"invalid_choice": FROM_THE_LIST},
    forms.ModelMultipleChoiceField: {
        "invalid_choice": FROM_THE_LIST,
        "invalid_list": FROM_THE_LIST,
        "invalid_pk_value": FROM_THE_LIST,
    },
}

OF_VALIDATORS: dict[Any, Any] = {
    validators.MaxLengthValidator: TOO_LONG,
    validators.MinLengthValidator: TOO_SHORT,
    validators.MaxValueValidator: _("Enter %(limit_value)s or less."),
    validators.MinValueValidator: _("Enter %(limit_value)s or more."),
    validators.EmailValidator: _("Enter an e-mail address, like name@example.com."),
    validators.ProhibitNullCharactersValidator: _(
        "This holds a character that can't be kept. Delete it and type the text again."
    ),
}

OF_SERIALIZERS: dict[type[serializers.Field[Any, Any, Any, Any]], dict[str, Any]] = {
    serializers.Field: {"required": LEFT_OUT, "null": _("This can't be null.")},
    serializers.BooleanField: {"invalid": _("Write true or false.")},
    serializers.CharField: {
        "invalid": _("Write a text."),
        "blank": REQUIRED,
        "max_length": _("At most {max_length} characters."),
        "min_length": _("At least {min_length} characters."),
    },
    serializers.IntegerField: {
        "invalid": WHOLE_NUMBER,
        "max_value": _("Enter {max_value} or less."),
        "min_value": _("Enter {min_value} or more."),
        "max_string_length": WHOLE_NUMBER,
    },
    serializers.DateTimeField: {"invalid": WITH_A_TIME, "date": WITH_A_TIME, "overflow": WITH_A_TIME},
    serializers.DateField: {"invalid": WITHOUT_A_TIME, "datetime": WITHOUT_A_TIME},
    serializers.ChoiceField: {"invalid_choice": _("“{input}” is none of the choices.")},
    serializers.ListField: {"not_a_list": _("Write a list.")},
    serializers.Serializer: {"invalid": _("Write an object with its members.")},
    relations.PrimaryKeyRelatedField: {
        "required": LEFT_OUT,
        "does_not_exist": _("There is none with the id {pk_value}."),
        "incorrect_type": WHOLE_NUMBER,
    },
}


def required_words(label: Any, kind: str) -> Any:
    """Error message of a required field left empty, to be filled in, chosen or ticked (`kind`, a key of MISSING).

    It is lazily translated.
    """
    return format_lazy(MISSING[kind], field=label)


def install() -> None:
    """Replace the frameworks' default error messages with these. Twice is harmless."""
    for fields in (OF_FORMS, OF_SERIALIZERS):
        for field, words in fields.items():
            # A dict of the class's own: classes above it go on with theirs.
            field.default_error_messages = {**field.default_error_messages, **words}
    for validator, message in OF_VALIDATORS.items():
        validator.message = message
