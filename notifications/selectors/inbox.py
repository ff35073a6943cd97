"""A person's messages as pages show them."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from notifications.domain import message_kinds
from notifications.models import InboxMessage
from notifications.values.texts import MessageText


@dataclass(frozen=True)
class InboxEntry:
    """A message with its words; `text` is None when what it told of is gone."""

    message: InboxMessage
    text: MessageText | None


def inbox_entries(messages: Iterable[InboxMessage]) -> list[InboxEntry]:
    """The messages with their words in the active language, in the order given.

    The queries depend on the kinds, not on the number.
    """
    given = list(messages)
    texts: dict[tuple[str, str], MessageText] = {}
    for kind, group in itertools.groupby(sorted(given, key=attrgetter("kind")), key=attrgetter("kind")):
        found = message_kinds.texts(kind, {message.subject_id for message in group})
        texts |= {(kind, subject_id): text for subject_id, text in found.items()}
    return [InboxEntry(message, texts.get((message.kind, message.subject_id))) for message in given]


def unread_count(user: User | AnonymousUser) -> int:
    """Number of messages that a person hasn't read; 0 for visitors."""
    return InboxMessage.objects.visible_to(user).unread().count() if user.is_authenticated else 0
