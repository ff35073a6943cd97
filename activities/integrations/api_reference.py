"""Part of the page about the API on activities, sign-ups and people."""

from django.utils.translation import gettext_lazy as _

from activities.exceptions import ActivityIsOver, ActivityNotAllowed, PersonError, SignUpError
from common.api import reference


def register_all() -> None:
    """Name the parts, and list what signing up refuses: not what people meet who plan and record activities."""
    reference.register_section("activities", _("Activities"))
    reference.register_section("sign-ups", _("Sign-ups"))
    reference.register_section("participants", _("One's own people"))
    of_people = (*SignUpError.__subclasses__(), *PersonError.__subclasses__())
    reference.register_refusals([ActivityNotAllowed, ActivityIsOver, *of_people])
