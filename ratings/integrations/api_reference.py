"""Part of the page about the API on satisfaction."""

from django.utils.translation import gettext_lazy as _

from common.api import reference


def register_all() -> None:
    """Register the title of the section. Reading refuses nothing of its own."""
    reference.register_section("satisfaction", _("Satisfaction"))
