"""Refusals of themes and campaigns."""

from django.utils.translation import gettext_lazy as _

from activities.exceptions.base import ActivityError


class ThemeError(ActivityError):
    """Base of what is wrong with a theme or a campaign."""

    status = 400


class ThemeNameTaken(ThemeError):
    code = "theme_name_taken"
    message = _("There is one of this name already.")
    status = 409
    field = "name"


class DaysReversed(ThemeError):
    code = "days_reversed"
    message = _("The last day is before the first.")
    field = "last"


class YearlyDaysReversed(DaysReversed):
    field = "yearly_until"
