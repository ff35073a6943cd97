"""Menu entry of imports among the work."""

from django.utils.translation import gettext_lazy as _

from common.navigation import Entry, Group, Menu, register


def register_all() -> None:
    """Make importing old sheets known to the work menu."""
    register(
        Menu.WORK,
        Entry(
            "imports:import_list",
            _("Import old sheets"),
            80,
            icon="download",
            names=("imports:",),
            in_tab_bar=False,
            group=Group.RECORDS,
        ),
    )
