"""Menu entry of the figures among the work."""

from django.utils.translation import gettext_lazy as _

from common.navigation import Entry, Group, Menu, register


def register_all() -> None:
    """Make the figures known to the work menu."""
    register(
        Menu.WORK,
        Entry(
            "stats:overview",
            _("Figures"),
            10,
            icon="chart",
            names=("stats:record_", "stats:explain_"),
            in_tab_bar=False,
            group=Group.RECORDS,
        ),
    )
