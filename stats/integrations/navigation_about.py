"""Menu entry of the open figures, among what every public site says about itself."""

from django.utils.translation import gettext_lazy as _

from common.navigation import Entry, Menu, register


def register_all() -> None:
    """Register the public pages in the menus."""
    register(Menu.ABOUT, Entry("stats:open_detail", _("Open figures"), 35, names=("stats:metric_list",)))
