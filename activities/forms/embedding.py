"""Query of the activities that another website shows: of which center, for how many days."""

from django import forms
from django.utils.translation import gettext_lazy as _

from centers.models import Center
from common.forms.widgets import NamesSelect

DAYS = 14
LONGEST_DAYS = 60


class EmbeddingForm(forms.Form):
    """Choice of a center (with all below it; none: all) and of the days to come."""

    center = forms.ModelChoiceField(
        queryset=Center.objects.public().in_register_order(),
        to_field_name="code",
        required=False,
        label=_("Center, with all below it"),
        empty_label=_("All centers"),
        widget=NamesSelect,
    )
    days = forms.IntegerField(min_value=1, max_value=LONGEST_DAYS, required=False, label=_("Days to come"))

    @property
    def chosen_center(self) -> Center | None:
        return self.cleaned_data.get("center")

    @property
    def chosen_days(self) -> int:
        """Query as asked; days that make no sense are as if they weren't there."""
        return self.cleaned_data.get("days") or DAYS
