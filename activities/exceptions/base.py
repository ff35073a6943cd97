"""Base of all refusals of activities."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from common.errors import DomainError


class ActivityError(DomainError):
    """Base of everything that is refused here."""

    code = "activity_refused"
    message: Any = _("This can't be done with this activity.")


class ActivityNotAllowed(ActivityError):
    code = "activity_not_allowed"
    message = _("You don't have permission to do this.")
    status = 403
