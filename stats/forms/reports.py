"""Forms of reports: submitting one, deciding on one, reopening one, deciding on a late change."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MinLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.forms.fields import TextField
from stats.choices import Disposition
from stats.domain.metrics import Area
from stats.domain.rules import Finding
from stats.exceptions import ReasonMissing
from stats.models import LONGEST_REASON
from stats.services.reports import FEWEST_CHARACTERS, explanation_field

APPROVE, RETURN = "approve", "return"


def reason_field(label: Any, *, required: bool = True, hint: Any = "") -> TextField:
    """Field for a reason of a few lines."""
    return TextField(
        label=label,
        required=required,
        help_text=hint,
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": ReasonMissing.message},
    )


class VersionedForm(forms.Form):
    """Form of a step of a report: it carries the version that its page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class ReportForm(VersionedForm):
    """Submission of a month: an explanation a rule that asks for one, and what there was nothing of. No figures."""

    def __init__(self, data: Any = None, *, findings: Sequence[Finding], empty: Sequence[Area], version: int) -> None:
        super().__init__(data, initial={"version": version})
        self.asked = [finding.rule.code for finding in findings if finding.asks]
        for finding in findings:
            if finding.asks:
                self.fields[explanation_field(finding.rule.code)] = self._explanation(finding)
        if empty:
            names = _(", ").join(str(area.name) for area in empty)
            self.fields["zero_confirmed"] = forms.BooleanField(
                label=_("There was nothing of this: %(what)s") % {"what": names},
                help_text=_("Written as 0. What nobody confirms counts as not reported, which isn't 0."),
                error_messages={"required": _("Please confirm that there was nothing, or record what there was.")},
            )

    @staticmethod
    def _explanation(finding: Finding) -> TextField:
        short = _("Please write at least %(limit_value)d characters.")
        return TextField(
            label=finding.words,
            help_text=_("%(n)s characters or more; those who review it read this. Rule %(rule)s: %(name)s")
            % {"n": FEWEST_CHARACTERS, "rule": finding.rule.code, "name": finding.rule.name},
            max_length=LONGEST_REASON,
            widget=forms.Textarea({"rows": 2}),
            validators=[MinLengthValidator(FEWEST_CHARACTERS, short)],
            error_messages={"required": _("Please explain this.")},
        )

    def explanations(self) -> dict[str, str]:
        """Explanations by code of the rule."""
        return {code: self.cleaned_data[explanation_field(code)] for code in self.asked}


class DecisionForm(VersionedForm):
    """Decision of a reviewer: approved, or returned with a reason; the button says which."""

    act = forms.ChoiceField(choices=[(APPROVE, APPROVE), (RETURN, RETURN)], widget=forms.HiddenInput)
    reason = reason_field(gettext_lazy("Reason"), required=False)

    def __init__(self, data: Any = None, *, version: int | None = None, stands_in: bool = False) -> None:
        super().__init__(data, initial={"version": version})
        self.fields["reason"].help_text = (
            _("Needed, since you approve in place of those who review it.")
            if stands_in
            else _("Needed to return it; its center reads this.")
        )


class ReopenForm(VersionedForm):
    """Reopening of a month of one center."""

    reason = reason_field(gettext_lazy("Reason"))
    expires_on = forms.DateField(
        label=gettext_lazy("Open until"),
        widget=forms.DateInput({"type": "date"}),
        help_text=gettext_lazy("At most five working days; what was published stays until it is locked again."),
    )


class LateChangeForm(forms.Form):
    """Decision on a late change."""

    disposition = forms.ChoiceField(
        label=pgettext_lazy("late change", "Decision"), choices=Disposition.choices, widget=forms.RadioSelect
    )
    reason = reason_field(gettext_lazy("Reason"))
    expires_on = forms.DateField(
        label=gettext_lazy("Open until"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=gettext_lazy("For a revision of what is locked; at most five working days, today if left out."),
    )
