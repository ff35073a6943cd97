"""Refusals of the catalogue: one class a rule, the same code and words on pages and in the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from common.errors import DomainError


class CatalogError(DomainError):
    """Base of everything that is refused here."""

    code = "service_refused"
    message: Any = _("This can't be done with the service.")


class NotAllowed(CatalogError):
    code = "not_allowed"
    message = _("You don't have permission to do this.")
    status = 403


class TitleTaken(CatalogError):
    code = "title_taken"
    message = _("This center has a service of that title already.")
    field = "title"


class EnglishTitleAlone(CatalogError):
    """English pages would show one service, Chinese pages another."""

    code = "english_title_alone"
    message = _("Give the title in Chinese too: an English title stands beside one of the same center.")
    status = 400
    field = "title"


class NotFromAbove(CatalogError):
    code = "not_from_above"
    message = _("A center adapts services of the centers above it.")


class Retired(CatalogError):
    code = "service_retired"
    message = _("This service has been withdrawn; it can't be changed any more.")


class SwitchedOffAbove(CatalogError):
    code = "switched_off_above"
    message = _("A center above has switched this service off for all below it.")


class ShippedFileError(CatalogError):
    """Fault in the file of services that the product ships: file, line and what is wrong."""

    code = "shipped_file"
    message = _("%(file)s, line %(line)s: %(fault)s")
