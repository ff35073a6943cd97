"""Refusals of changes to organisations: one class a rule, the same code and words on pages and in the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from common.errors import DomainError


class OrganizationError(DomainError):
    """Base of everything that is refused here."""

    code = "organization_refused"
    message: Any = _("This change of the organisation isn't possible.")


class NotAllowed(OrganizationError):
    code = "not_allowed"
    message = _("You don't have permission to do this.")
    status = 403


class NameTaken(OrganizationError):
    code = "organization_name_taken"
    message = _("This center has an organisation of that name already.")
    field = "name"


class ParentCannotLead(OrganizationError):
    code = "parent_cannot_lead"
    message = _("An organisation of type “%(parent)s” doesn't lead one of type “%(child)s”.")
    field = "parent"


class ParentDissolved(OrganizationError):
    code = "parent_dissolved"
    message = _("The organisation above is dissolved. Choose another one.")
    field = "parent"


class ParentBelow(OrganizationError):
    """Refusal of a cycle."""

    code = "parent_below"
    message = _("The organisation above stands below this one itself.")
    field = "parent"


class CannotLeadBelow(OrganizationError):
    """Refusal of a type that may not lead what stands below."""

    code = "cannot_lead_below"
    message = _("Organisations stand below it that this type doesn't lead. Place them elsewhere first.")
    field = "type"


class SameCenter(OrganizationError):
    code = "same_center"
    message = _("It stands under this center already.")
    field = "center"


class MoveTooEarly(OrganizationError):
    """Refusal of a move into a past that is settled: `since` is the first day of the present place."""

    code = "organization_move_too_early"
    message = _("It has stood where it stands since %(since)s only; move it on a later date.")
    field = "on"


class MoveBeforeFounding(OrganizationError):
    code = "move_before_founding"
    message = _("It was founded on %(founded)s; move it on a later date.")
    field = "on"


class Dissolved(OrganizationError):
    code = "organization_dissolved"
    message = _("This organisation is dissolved.")


class NotDissolved(OrganizationError):
    code = "organization_not_dissolved"
    message = _("This organisation isn't dissolved.")


class DissolvedBeforeFounding(OrganizationError):
    code = "dissolved_before_founding"
    message = _("The day of dissolution must be after the founding.")
    field = "on"


class FoundedAfterDissolution(OrganizationError):
    code = "founded_after_dissolution"
    message = _("The founding must be before the day of dissolution.")
    field = "founded_on"


class StillLeads(OrganizationError):
    """Refusal to dissolve what others stand below: `n` of them."""

    code = "still_leads"

    def __init__(self, n: int) -> None:
        super().__init__(
            ngettext_lazy(
                "%(n)d organisation still stands below it. Place it elsewhere or dissolve it first.",
                "%(n)d organisations still stand below it. Place them elsewhere or dissolve them first.",
                n,
            ),
            n=n,
        )


class LiaisonIncomplete(OrganizationError):
    code = "liaison_incomplete"
    message = _("Give the name of the liaison.")
    status = 400
    field = "name"


class NoLiaison(OrganizationError):
    code = "no_liaison"
    message = _("This organisation has no liaison.")
    status = 404


class ImportHasFaults(OrganizationError):
    """Refusal to import a sheet with faulty rows unless they are left out: `n` of them."""

    code = "import_has_faults"
    field = "leave_out"

    def __init__(self, n: int) -> None:
        super().__init__(
            ngettext_lazy(
                "%(n)d row has a fault. Correct it in the sheet, or say that it is left out.",
                "%(n)d rows have faults. Correct them in the sheet, or say that they are left out.",
                n,
            ),
            n=n,
        )


class NothingToImport(OrganizationError):
    code = "nothing_to_import"
    message = _("There is nothing to import: every row is known or left out.")
