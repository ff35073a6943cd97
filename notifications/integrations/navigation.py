"""Menu entries of messages."""

from django.utils.translation import gettext_lazy as _

from common.navigation import Entry, Menu, register, register_counter
from notifications.selectors.inbox import unread_count


def register_all() -> None:
    """Register the inbox in the menus."""
    register(
        Menu.WORK,
        Entry("notifications:message_list", _("Messages"), 30, icon="inbox", count="unread", in_tab_bar=False),
    )
    register(
        Menu.ACCOUNT,
        Entry("notifications:message_list", _("Messages"), 40),
        Entry("notifications:reminder_edit", _("Reminders"), 70),
    )
    register_counter("unread", _("unread"), unread_count)
