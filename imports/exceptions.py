"""Refusals of imports: one class a rule, the same code and words on pages and in the API."""

from django.utils.translation import gettext_lazy as _

from common.errors import DomainError


class ImportRefused(DomainError):
    """Base of everything that is refused here."""

    code = "import_refused"
    message = _("This can't be done with this import.")


class ImportNotAllowed(ImportRefused):
    code = "import_not_allowed"
    message = _("You don't have permission to do this.")
    status = 403


class HeadingsNotFound(ImportRefused):
    code = "headings_not_found"
    message = _("No line of headings was found: it needs at least two of title, date and number of people.")
    status = 422
    field = "file"


class TooManyRows(ImportRefused):
    code = "too_many_rows"
    message = _("This sheet has more than %(rows)s rows. Split it and send the parts one after the other.")
    status = 422
    field = "file"


class ColumnsMissing(ImportRefused):
    code = "columns_missing"
    message = _("Say which columns hold the title, the date and the number of people.")
    status = 400


class ImportBusy(ImportRefused):
    """Two at once: the second is told what the first began."""

    code = "import_busy"
    message = _("This sheet is being worked on already.")


class NotTried(ImportRefused):
    code = "import_not_tried"
    message = _("Match the columns first; then the sheet is tried.")


class NothingReady(ImportRefused):
    code = "nothing_ready"
    message = _("There is no row that could be imported.")


class NothingToUndo(ImportRefused):
    code = "import_nothing_to_undo"
    message = _("Nothing of this sheet stands in the portal.")


class NotAnswerable(ImportRefused):
    code = "row_not_answerable"
    message = _("This row isn't asked about any more.")
