"""What the page about the API says of the network."""

from django.utils.translation import gettext_lazy as _

from common.api import reference


def register_all() -> None:
    """Name the part of the network."""
    reference.register_section("centers", _("Centers"))
