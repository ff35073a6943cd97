"""Refusals of sheets, each in one sentence."""

from django.utils.translation import gettext_lazy as _

from common.errors import DomainError


class SheetUnreadable(DomainError):
    code = "sheet_unreadable"
    message = _("This file can't be read. Save the sheet as xlsx or CSV, without a password, and send it again.")
    status = 422
    field = "file"


class SheetTooLarge(DomainError):
    code = "sheet_too_large"
    message = _("This sheet is too large: at most %(rows)s rows can be sent at a time.")
    status = 422
    field = "file"


class SheetEmpty(DomainError):
    code = "sheet_empty"
    message = _("There is nothing in this sheet.")
    status = 422
    field = "file"
