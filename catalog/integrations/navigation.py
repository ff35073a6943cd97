"""Menu entries of services."""

from django.utils.translation import gettext_lazy as _

from common.navigation import Entry, Menu, register


def register_all() -> None:
    """Register the list of services, and the page on which a center sets up its own."""
    register(
        Menu.SECTIONS,
        Entry(
            "catalog:service_list",
            _("What can be done"),
            40,
            icon="list",
            short=_("Services"),
            names=("catalog:service_detail",),
            in_masthead=False,
            in_tab_bar=False,
        ),
    )
    register(
        Menu.SET_UP,
        Entry(
            "catalog:service_list_manage",
            _("Services"),
            35,
            names=("catalog:service_create", "catalog:service_edit", "catalog:service_adapt", "catalog:service_retire"),
        ),
    )
