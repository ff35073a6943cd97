"""Form fields for free text."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from common.i18n.bilingual import holds_chinese
from common.text import cleaned_text

LATIN_LETTER = re.compile("[A-Za-z\u00c0-\u024f]")


class TextField(forms.CharField):
    """A CharField that keeps what can be seen: text of nothing else counts as left blank.

    The API cleans bodies (`common.api.parsing`).
    """

    def to_python(self, value: Any) -> Any:
        return super().to_python(cleaned_text(value) if isinstance(value, str) else value)


def in_latin_letters(name: str) -> None:
    """Validator of English names. Raises ValidationError (`not_in_latin_letters`)."""
    if holds_chinese(name) or not LATIN_LETTER.search(name):
        raise ValidationError(_("Write it in Latin letters, without Chinese characters."), code="not_in_latin_letters")


class HalfWidthField(TextField):
    """A TextField whose full-width letters, digits and signs, typed on a Chinese keyboard, become the plain ones."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(unicodedata.normalize("NFKC", value) if isinstance(value, str) else value)


class EnglishNameField(HalfWidthField):
    """Field of an English name, in Latin letters only."""

    default_validators = [in_latin_letters]


class FilesInput(forms.ClearableFileInput):
    """Input of several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Field of several files; its value is a list, empty where none was chosen."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files if file] or self._none(initial)

    def _none(self, initial: Any) -> list[Any]:
        """No file: an error where one is required."""
        super().clean(None, initial)
        return []
