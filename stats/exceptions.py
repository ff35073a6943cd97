"""Refusals of stats: one class a rule, the same code and words on pages and in the API."""

from django.utils.translation import gettext_lazy as _

from common.errors import DomainError


class StatsError(DomainError):
    """Base of everything that is refused here."""

    code = "stats_refused"


class UnknownPeriod(StatsError):
    code = "unknown_period"
    message = _("There is no such period: a month is said as 2026-10, a quarter as 2026-Q3, a year as 2026.")
