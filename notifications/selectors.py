"""What a person's messages look like on a page."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from notifications import registry
from notifications.models import InboxMessage
from notifications.registry import Wording


@dataclass(frozen=True)
class Letter:
    """A message with its words; `words` is None when what it told of is gone."""

    message: InboxMessage
    words: Wording | None


def letters(messages: Iterable[InboxMessage]) -> list[Letter]:
    """The messages with their words in the active language, in the order given. The queries depend on the kinds, not on the number."""
    given = list(messages)
    words: dict[tuple[str, str], Wording] = {}
    for kind, group in itertools.groupby(sorted(given, key=attrgetter("kind")), key=attrgetter("kind")):
        found = registry.wordings(kind, {message.subject_id for message in group})
        words |= {(kind, subject_id): wording for subject_id, wording in found.items()}
    return [Letter(message, words.get((message.kind, message.subject_id))) for message in given]


def unread_count(user: Any) -> int:
    """How many of their messages a person hasn't seen. One query; none for visitors."""
    return InboxMessage.objects.visible_to(user).unread().count() if user.is_authenticated else 0


def unread_of(request: HttpRequest) -> Any:
    """The same for the person of `request`: asked when a template first uses it, and once a request."""
    if not hasattr(request, "_unread"):
        request._unread = SimpleLazyObject(lambda: unread_count(request.user))  # type: ignore[attr-defined]
    return request._unread  # type: ignore[attr-defined]
