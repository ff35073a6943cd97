"""Form of the reminders that somebody wants."""

from django import forms
from django.utils.translation import gettext_lazy as _

from notifications.choices import ReminderStep


class ReminderForm(forms.Form):
    """Choice of reminders: each by itself, so both, one or none."""

    day_before = forms.BooleanField(label=ReminderStep.DAY_BEFORE.label, required=False)
    two_hours = forms.BooleanField(
        label=ReminderStep.TWO_HOURS.label,
        required=False,
        help_text=_("Never before 7:00 in the morning."),
    )
