"""API reference entries for the network."""

from django.utils.translation import gettext_lazy as _

from common.api import reference


def register_all() -> None:
    """Register the title of the network's section."""
    reference.register_section("centers", _("Centers"))
