"""What the demo refuses."""

from django.utils.translation import gettext_lazy as _

from common.errors import DomainError


class DemoIsOff(DomainError):
    """An installation with DEMO=0 never gets demo records."""

    code = "demo_is_off"
    message = _("This installation has no demo: DEMO is off.")
