"""Part of the page about the API on the one search."""

from django.utils.translation import gettext_lazy as _

from common.api import reference


def register_all() -> None:
    """Name the part."""
    reference.register_section("find", _("Find anything"))
