"""What signing in adds to the menus."""

from django.utils.translation import gettext_lazy as _

from common.navigation import Entry, Menu, register


def register_all() -> None:
    """Make the doors known to the menus."""
    register(
        Menu.ACCOUNT,
        Entry("account_request_login_code", _("Sign in"), 10),
        Entry("account_login", _("Staff sign-in"), 20),
    )
