"""Actions of a reader on their messages."""

from collections.abc import Iterable

from accounts.models import User
from common import clock
from notifications.models import InboxMessage


def mark_read(*, actor: User, message_ids: Iterable[int]) -> int:
    """Note that `actor` has seen these of their own messages; others' are passed over. Returns how many were unread."""
    return InboxMessage.objects.visible_to(actor).unread().filter(pk__in=list(message_ids)).update(read_at=clock.now())
