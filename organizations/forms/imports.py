"""Forms of an import: the file, and the rows read from it, which the page carries until they are written."""

from itertools import chain
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from common.errors import DomainError
from common.sheets import SheetTooLarge, read_sheet
from organizations.values.import_rows import HEADINGS_WITHIN, ImportRow, read_rows, to_lines

MOST_ROWS = 2000
# Twice what long names take; more wouldn't come back with a form.
MOST_CHARACTERS = 400_000
# Nothing is stored between looking and writing: the rows go out with the page and come back, signed for one center.
SALT = "organizations.import"
KEPT_SECONDS = 24 * 60 * 60


class SheetField(forms.FileField):
    """Field of a sheet; gives its rows as text."""

    default_error_messages = {
        "no_headings": _(
            "No line of headings was found: it needs at least a name and a type. The empty sheet has all."
        ),
        "no_rows": _("Below the headings there is nothing."),
    }

    def clean(self, data: Any, initial: Any = None) -> list[list[str]]:
        file = super().clean(data, initial)
        try:
            lines = to_lines(read_sheet(file.read(), most_rows=MOST_ROWS + HEADINGS_WITHIN))
            if len(lines or ()) > MOST_ROWS or sum(map(len, chain.from_iterable(lines or ()))) > MOST_CHARACTERS:
                raise SheetTooLarge
        except SheetTooLarge as error:
            raise forms.ValidationError(str(SheetTooLarge(rows=MOST_ROWS)), code=error.code) from error
        except DomainError as error:
            raise forms.ValidationError(str(error), code=error.code) from error
        if lines is None:
            raise forms.ValidationError(self.error_messages["no_headings"], code="no_headings")
        if not lines:
            raise forms.ValidationError(self.error_messages["no_rows"], code="no_rows")
        return lines


class UploadForm(forms.Form):
    """The sheet to try."""

    file = SheetField(
        label=_("Sheet"),
        widget=forms.FileInput({"class": "input", "accept": ".xlsx,.csv"}),
        help_text=_("xlsx or CSV, at most 2,000 rows. Nothing is written yet."),
    )


class ApplyForm(forms.Form):
    """The rows that were tried, and what to do with those that aren't simply new."""

    rows = forms.CharField(widget=forms.HiddenInput)
    with_changes = forms.BooleanField(label=_("Also write the changes of known organisations"), required=False)
    leave_out = forms.BooleanField(label=_("Leave out the rows with faults"), required=False)

    def __init__(self, *args: Any, center_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.center_code = center_code

    def clean_rows(self) -> list[ImportRow]:
        try:
            lines = signing.loads(self.cleaned_data["rows"], salt=f"{SALT}.{self.center_code}", max_age=KEPT_SECONDS)
        except signing.BadSignature as error:
            raise forms.ValidationError(_("This dry run has expired. Send the sheet again."), code="expired") from error
        return read_rows(lines)


def carried(lines: list[list[str]], center_code: str) -> str:
    """The lines as the page carries them."""
    return signing.dumps(lines, salt=f"{SALT}.{center_code}", compress=True)
