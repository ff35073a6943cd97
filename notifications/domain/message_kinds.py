"""Registry of message kinds. Higher apps register theirs when they start; this app doesn't know of bookings.

A message holds the id of what it tells of, not its words: those are made when it is read or sent, in the reader's
language, from what is true by then.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from notifications.values.texts import MessageText, TextsOf


@dataclass(frozen=True)
class MessageKind:
    """A kind of message: its name, the sort of thing its `subject_id` names, and where its words come from.

    `is_texted`: whether it is sent to a phone as well, and not only shown in the inbox.
    """

    name: str
    subject: str
    texts_of: TextsOf
    is_texted: bool = True


_kinds: dict[str, MessageKind] = {}


def register(kind: MessageKind) -> None:
    """Register `kind`. The same again is harmless; a second meaning for one name is a programming error."""
    if _kinds.setdefault(kind.name, kind) != kind:
        raise ValueError(f"the kind of message {kind.name!r} is registered twice")


def texts(name: str, subject_ids: Collection[str]) -> Mapping[str, MessageText]:
    """The words of messages of one kind, by subject id. A kind that isn't registered (any more) has none."""
    kind = _kinds.get(name)
    return kind.texts_of(name, subject_ids) if kind and subject_ids else {}


def kinds_of_same_subject(name: str) -> list[str]:
    """The kinds that tell of the same sort of thing as `name`, itself among them: their subject ids mean the same."""
    kind = _kinds.get(name)
    return [other.name for other in _kinds.values() if other.subject == kind.subject] if kind else [name]


def is_texted(name: str) -> bool:
    """Whether messages of this kind are sent as texts, too. A kind that isn't registered (any more) has no words."""
    kind = _kinds.get(name)
    return kind is None or kind.is_texted
