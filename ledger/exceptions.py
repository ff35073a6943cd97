"""Refusals of ledger: one class a rule, the same code and words in every place."""

from django.utils.translation import gettext_lazy as _

from common.errors import DomainError


class LedgerError(DomainError):
    """Base of everything that is refused here."""

    code = "ledger_refused"


class LedgerNotAllowed(LedgerError):
    code = "ledger_not_allowed"
    message = _("You don't have permission to do this.")
    status = 403


class FontMissing(LedgerError):
    code = "font_missing"
    message = _(
        "No file can be made here: this server has no font with Chinese characters. "
        "Whoever runs the portal finds in its handbook which one to install."
    )
    status = 409


class NothingToKeep(LedgerError):
    code = "nothing_to_keep"
    message = _("Nothing was held in this month yet, so there is nothing to put into a file.")


class TooManyActivities(LedgerError):
    code = "too_many_activities"
    message = _("More than %(most)s activities don't go into one file.")


class ExportOver(LedgerError):
    code = "export_over"
    message = _("This file is made already, or was stopped.")


class LogDayAhead(LedgerError):
    code = "log_day_ahead"
    message = _("This day is still to come: write what happened once it has.")
    field = "day"


class LogLineMissing(LedgerError):
    code = "log_line_missing"
    message = _("Write the line.")
    status = 422
    field = "text"


class LogLineChanged(LedgerError):
    code = "log_line_changed"
    message = _("Somebody else wrote about this day meanwhile: “%(text)s”. Yours is kept; check it and save again.")
    field = "text"
