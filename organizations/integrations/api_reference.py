"""Part of the page about the API on organisations."""

from django.utils.translation import gettext_lazy as _

from common.api import reference


def register_all() -> None:
    """Register the title of the section on organisations. Its operations only read, so they refuse nothing."""
    reference.register_section("organizations", _("Organisations"))
