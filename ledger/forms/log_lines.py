"""Form of the free line of a day."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms.fields import TextField
from ledger.values.limits import LONGEST_LINE


class LogLineForm(forms.Form):
    """The line. `corrects`: the id of the line that stood there when the form was shown."""

    text = TextField(
        label=_("One line about the day"),
        max_length=LONGEST_LINE,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What stands nowhere else: a visit, a call, the weather. No names of residents."),
        error_messages={"required": _("Write the line.")},
    )
    corrects = forms.IntegerField(required=False, widget=forms.HiddenInput)
