"""Form of a follow-up's next step."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms.fields import TextField
from ratings.choices import CallResult, Step
from ratings.exceptions import CallResultMissing, NoteMissing
from ratings.models import FollowUp
from ratings.values.limits import LONGEST_NOTE

LABELS = {
    Step.VERIFY: _("What was found"),
    Step.FIX: _("What was done about it"),
    Step.CALL_BACK: _("What was said on the phone"),
}
NOBODY_CALLED = _("One line to finish with")


class StepForm(forms.Form):
    """One line on the step that its page showed. A colleague who was quicker is found out by `step`.

    What came of calling back is asked only where a number was left.
    """

    step = forms.ChoiceField(choices=Step.choices, widget=forms.HiddenInput)
    result = forms.ChoiceField(
        label=_("What came of calling"),
        choices=[(one.value, one.label) for one in (CallResult.REACHED, CallResult.NOT_REACHED)],
        widget=forms.RadioSelect,
        error_messages={"required": CallResultMissing.message},
    )
    note = TextField(
        label=_("One line"),
        max_length=LONGEST_NOTE,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": NoteMissing.message},
    )

    def __init__(self, data: Any = None, *, follow_up: FollowUp, has_number: bool) -> None:
        super().__init__(data, initial={"step": follow_up.step})
        step = follow_up.step
        if step == Step.CALL_BACK and has_number:
            self.fields["note"].label = LABELS[step]
        else:
            del self.fields["result"]
            self.fields["note"].label = NOBODY_CALLED if step == Step.CALL_BACK else LABELS.get(step, NOBODY_CALLED)
