"""Menu entry of organisations."""

from django.utils.translation import gettext_lazy as _

from common.navigation import Entry, Menu, belongs, register


def register_all() -> None:
    """Register the organisations of a center among the pages it is set up on; the public ones belong to the centers."""
    belongs(Menu.SECTIONS, "centers:center_list", "organizations:organization_")
    register(
        Menu.SET_UP,
        Entry("organizations:organization_list_manage", _("Organisations"), 25, names=("organizations:",)),
    )
