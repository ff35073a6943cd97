"""Menu entry of organisations."""

from django.utils.translation import gettext_lazy as _

from common.navigation import Entry, Menu, register


def register_all() -> None:
    """Register the organisations of a center among the pages it is set up on."""
    register(
        Menu.SET_UP,
        Entry("organizations:organization_list_manage", _("Organisations"), 25, names=("organizations:organization_",)),
    )
