"""Forms of the pages of the network: the day that is looked at, and the list of centers with its filters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms.fields import TextField
from common.forms.validators import within_bounds
from pages.selectors.network_centers import COLUMNS
from pages.selectors.set_up import GAPS

SORTS = [name for column in COLUMNS for name in (column, f"-{column}")]


class DayForm(forms.Form):
    """Day of the workbench; blank: today."""

    day = forms.DateField(label=_("Day"), required=False, validators=[within_bounds])


class CentersForm(forms.Form):
    """Filters and order of the list of centers. `only`: without the centers below; `open`: those open now."""

    q = TextField(label=_("Name or code"), max_length=40, required=False)
    missing = forms.ChoiceField(
        label=_("What is missing"),
        required=False,
        choices=[("", _("All centers")), *((name, gap.words) for name, gap in GAPS.items())],
    )
    open = forms.BooleanField(label=_("Open now"), required=False)
    only = forms.BooleanField(label=_("Without the centers below"), required=False)
    sort = forms.ChoiceField(required=False, choices=[(name, name) for name in SORTS], widget=forms.HiddenInput)

    @property
    def asked(self) -> dict[str, Any]:
        """The filters that hold; one that makes no sense narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
