"""Refusals of series."""

from django.utils.translation import gettext_lazy as _

from activities.exceptions.base import ActivityError


class SeriesError(ActivityError):
    """Base of what is wrong with a series."""

    status = 400


class NoDates(SeriesError):
    code = "no_dates"
    message = _("Choose at least one date.")
    field = "days"


class TooManyDates(SeriesError):
    code = "too_many_dates"
    message = _("A series has %(limit)s dates at most.")
    field = "days"


class DatesRefused(SeriesError):
    """Some of the dates can't be had, each named with why: nothing was made or changed."""

    code = "dates_refused"
    message = _("Nothing was changed, since not all dates can be had. %(why)s")
    status = 409
    field = "days"
