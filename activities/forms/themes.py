"""Forms of themes and campaigns."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from activities.forms.plans import day_field
from activities.models import Campaign, Theme
from activities.values.theme_days import DaySpan, is_day_of_year, spans_from
from common.forms.fields import TextField
from common.forms.validators import within_bounds
from common.forms.versions import VersionedForm


class YearlyDayField(TextField):
    """Month and day that are the same each year: 03-05."""

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if text and not is_day_of_year(text):
            raise forms.ValidationError(_("Give month and day like this: 03-05."))
        return text


class ThemeForm(forms.Form):
    """Theme with its days: the same each year, or listed year by year."""

    name = TextField(label=_("Name"), max_length=40)
    name_en = TextField(label=_("English name"), max_length=80, required=False)
    yearly_from = YearlyDayField(
        label=_("First day, each year"),
        max_length=5,
        required=False,
        help_text=_("Month and day, such as 03-05. Left blank where the days are listed below, or it has none."),
    )
    yearly_until = YearlyDayField(
        label=_("Last day, each year"), max_length=5, required=False, help_text=_("Left blank, that day alone.")
    )
    days = TextField(
        label=_("Days listed by year"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("For lunar festivals. One line a year: 2027-10-08, or first and last day: 2027-02-06 2027-02-20."),
    )
    is_active = forms.BooleanField(label=_("Can be chosen"), required=False, initial=True)

    def clean_days(self) -> list[DaySpan]:
        """The listed days."""
        try:
            spans = spans_from(self.cleaned_data["days"])
        except ValueError as error:
            words = _("This line isn't one or two days: %(line)s") % {"line": str(error)[:60]}
            raise forms.ValidationError(words) from error
        for span in spans:
            within_bounds(span.first)
            within_bounds(span.last)
        return spans

    @staticmethod
    def initial_of(theme: Theme) -> dict[str, Any]:
        """Initial data of the form for an existing theme. One query."""
        lines = (f"{row.first} {row.last}" if row.first != row.last else f"{row.first}" for row in theme.days.all())
        names = ("name", "name_en", "yearly_from", "yearly_until", "is_active")
        return {**{name: getattr(theme, name) for name in names}, "days": "\n".join(lines)}


class EditThemeForm(VersionedForm, ThemeForm):
    """Theme there is."""


class CampaignForm(forms.Form):
    """Campaign with its first and last day, if it has them."""

    name = TextField(label=_("Name"), max_length=40)
    name_en = TextField(label=_("English name"), max_length=80, required=False)
    first = day_field(_("First day"), required=False)
    last = day_field(_("Last day"), required=False, help_text=_("After it, it can't be chosen any more."))

    @staticmethod
    def initial_of(campaign: Campaign) -> dict[str, Any]:
        """Initial data of the form for an existing campaign."""
        return {name: getattr(campaign, name) for name in ("name", "name_en", "first", "last")}


class EditCampaignForm(VersionedForm, CampaignForm):
    """Campaign there is."""
