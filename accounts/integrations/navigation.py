"""Menu entries for signing in."""

from django.utils.translation import gettext_lazy as _

from common.navigation import Entry, Menu, register


def register_all() -> None:
    """Register the sign-in pages in the menus."""
    register(
        Menu.ACCOUNT,
        Entry("account_request_login_code", _("Sign in"), 10),
        Entry("account_login", _("Staff sign-in"), 20),
    )
