"""Refusals of stats: one class a rule, the same code and words on pages and in the API."""

from django.utils.translation import gettext_lazy as _

from common.errors import DomainError


class StatsError(DomainError):
    """Base of everything that is refused here."""

    code = "stats_refused"


class UnknownPeriod(StatsError):
    code = "unknown_period"
    message = _("There is no such period: a month is said as 2026-10, a quarter as 2026-Q3, a year as 2026.")


class ReportNotAllowed(StatsError):
    code = "report_not_allowed"
    message = _("You don't have permission to do this.")
    status = 403


class OwnSubmission(StatsError):
    """Refusal of a decision on one's own submission, by whatever role."""

    code = "own_submission"
    message = _("You submitted this report yourself; somebody else has to decide on it.")
    status = 403


class WrongStep(StatsError):
    code = "report_wrong_step"
    message = _("This can't be done now. The report stands at: %(state)s.")


class ReportChanged(StatsError):
    code = "report_changed"
    message = _("Somebody was quicker. The report stands at: %(state)s. Please look at it again.")


class MonthNotOver(StatsError):
    code = "month_not_over"
    message = _("The month isn't over yet. It can be submitted from %(day)s on.")


class NotInMonth(StatsError):
    code = "center_not_in_month"
    message = _("This center had nothing to report for that month.")


class ReportBlocked(StatsError):
    code = "report_blocked"
    message = _("Something has to be put right in the records first: %(what)s")


class ExplanationMissing(StatsError):
    code = "explanation_missing"
    message = _("Please explain this in at least %(fewest)s characters: %(what)s")
    status = 400


class ZeroNotConfirmed(StatsError):
    code = "zero_not_confirmed"
    message = _("Please confirm that there was nothing of this: %(what)s")
    status = 400
    field = "zero_confirmed"


class ReasonMissing(StatsError):
    code = "report_reason_missing"
    message = _("Please give the reason.")
    status = 400
    field = "reason"


class ReviewerHasTime(StatsError):
    """The level above approves in place of who reviews only after they kept silent past the deadline."""

    code = "reviewer_has_time"
    message = _("Those who review this have until %(day)s. After that you can approve it in their place.")


class GrantTooLong(StatsError):
    code = "grant_too_long"
    message = _("A month is reopened for at most %(days)s working days: until %(day)s.")
    status = 400
    field = "expires_on"


class GrantTooShort(StatsError):
    code = "grant_too_short"
    message = _("That day is past.")
    status = 400
    field = "expires_on"


class GrantOver(StatsError):
    code = "grant_over"
    message = _("The time for which this month was reopened is over.")


class LateChangeSettled(StatsError):
    code = "late_change_settled"
    message = _("This has been decided already, or the record is as it was reported again.")
