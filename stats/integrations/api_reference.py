"""Part of the page about the API on figures."""

from django.utils.translation import gettext_lazy as _

from common.api import reference


def register_all() -> None:
    """Name the parts."""
    reference.register_section("figures", _("Figures"))
    reference.register_section("metrics", _("Metrics"))
