"""Menu entries of the ledger among the work."""

from django.utils.translation import gettext_lazy as _

from common.navigation import Entry, Group, Menu, register


def register_all() -> None:
    """Make the ledger and the work log known to the work menu."""
    register(
        Menu.WORK,
        Entry(
            "ledger:ledger_list",
            _("Ledger"),
            38,
            icon="table",
            names=("ledger:ledger_", "ledger:export_"),
            in_tab_bar=False,
            group=Group.RECORDS,
        ),
        Entry(
            "ledger:work_log",
            _("Work log"),
            40,
            icon="clock",
            names=("ledger:log_", "ledger:work_log_"),
            in_tab_bar=False,
            group=Group.RECORDS,
        ),
    )
