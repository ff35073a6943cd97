"""Errors of the demo."""

from django.utils.translation import gettext_lazy as _

from common.errors import DomainError


class DemoIsOff(DomainError):
    """Refusal to fill an installation with DEMO=0, which never gets demo records."""

    code = "demo_is_off"
    message = _("This installation has no demo: DEMO is off.")
