"""Forms of an import: the file, what its columns hold, answers to questions."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.choices import ActivityKind
from common.sheets import SheetTooLarge
from imports.choices import Column
from imports.domain.context import LIMITS, MOST_ROWS
from imports.models import Import
from imports.values import headings


class UploadForm(forms.Form):
    """The file. The key goes with the form from the moment it is first shown, so that it arrives once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput({"class": "input", "accept": ".xlsx,.xls,.ods,.csv,.txt"}),
        help_text=_("xlsx, xls, ods or CSV, as it is. Nothing is written before you have seen every row."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LIMITS.most_bytes:
            raise forms.ValidationError(str(SheetTooLarge(rows=MOST_ROWS)), code=SheetTooLarge.code)
        return file


class ColumnsForm(forms.Form):
    """Content of each column of a sheet, and the kind of activities where the sheet doesn't say it."""

    kind = forms.ChoiceField(label=_("Kind where the sheet says none"), choices=ActivityKind.choices)

    def __init__(self, *args: Any, imported: Import, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["kind"] = imported.kind
        self.imported = imported
        for place, heading in enumerate(imported.headings):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=heading or _("Column without a heading"),
                choices=Column.choices,
                required=False,
                initial=imported.columns[place],
            )

    def columns(self) -> list[str]:
        """Content of each column, in order, of the clean data."""
        return [self.cleaned_data.get(f"column_{place}", "") for place in range(len(self.imported.headings))]

    def rows(self, remembered: bool) -> list[tuple[forms.BoundField, list[str], str, str]]:
        """Field, samples, and label and tone of the guess, of each column."""
        found = []
        for place, (_column, is_sure) in enumerate(headings.guess(self.imported.headings)):
            samples = self.imported.samples[place] if place < len(self.imported.samples) else []
            if remembered:
                label, tone = _("As last time"), "ok"
            elif is_sure:
                label, tone = _("Recognised"), ""
            else:
                label, tone = _("Please check"), "warn"
            found.append((self[f"column_{place}"], samples, str(label), tone))
        return found


class AnswerForm(forms.Form):
    """Answer to the question of a row, for it alone or for all that ask the same."""

    answer = forms.CharField(max_length=40)
    alike = forms.BooleanField(required=False)


class SheetForm(forms.Form):
    """Name of another sheet of the file."""

    sheet = forms.CharField(max_length=100)


class UndoForm(forms.Form):
    """Nothing to fill in: taking back is confirmed by sending it."""
