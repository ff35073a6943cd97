"""Context of “My page”: a person's bookings and messages."""

from typing import Any

from bookings.models import Booking
from centers import access
from common import clock
from notifications.models import InboxMessage
from notifications.selectors.inbox import inbox_entries, unread_count

BOOKINGS_SHOWN = 5
MESSAGES_SHOWN = 3


def my_page(user: access.Viewer) -> dict[str, Any]:
    """Context of the next bookings and the unread messages of `user`.

    The queries depend on the kinds of messages, not on their number.
    """
    coming = Booking.objects.own(user).live().upcoming(clock.now()).order_by("starts_at", "id")
    unread = InboxMessage.objects.visible_to(user).unread()[:MESSAGES_SHOWN]
    return {
        "bookings": coming.select_related("space__center")[:BOOKINGS_SHOWN],
        "bookings_count": coming.count(),
        "letters": inbox_entries(unread),
        "unread_count": unread_count(user),
        "works": access.has_any_role(user),
    }
