"""Menu entries of the network."""

from django.utils.translation import gettext_lazy as _

from common.navigation import Entry, Menu, register


def register_all() -> None:
    """Register the list of centers and their set-up pages in the menus."""
    register(
        Menu.SECTIONS,
        Entry(
            "centers:center_list",
            _("Center map"),
            30,
            icon="pin",
            short=_("Centers"),
            names=("centers:",),
            in_tab_bar=False,
        ),
    )
    register(
        Menu.SET_UP,
        Entry("centers:hours_edit", _("Opening hours"), 40),
        Entry("centers:special_day_list", _("Other hours by date"), 50),
        Entry("centers:role_list", _("Who works here"), 60, names=("centers:staff_", "centers:role_end")),
    )
