"""The kinds of message there are. Higher apps register theirs when they start; this app never hears what a booking is.

A message holds the id of what it tells of, not its words: those are made when it is read or sent, in the reader's language,
from what is true by then.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Wording:
    """What a reader sees: one line, a sentence or two, and the page it leads to."""

    title: str
    body: str = ""
    url: str = ""

    @property
    def as_text(self) -> str:
        """For a text message, which has no title and no link."""
        return _("%(title)s: %(body)s") % {"title": self.title, "body": self.body} if self.body else self.title


# (kind, subject ids) -> words by subject id, in the active language. Many at once, so that a list costs the same queries as one message;
# a subject that no longer exists is left out.
Wordings = Callable[[str, Collection[str]], Mapping[str, Wording]]

_kinds: dict[str, Wordings] = {}


def register(kind: str, wordings: Wordings) -> None:
    """Make `kind` known. Registering the same again is harmless; a second meaning for one name is a mistake of ours."""
    if _kinds.setdefault(kind, wordings) is not wordings:
        raise ValueError(f"the kind of message {kind!r} is registered twice")


def is_registered(kind: str) -> bool:
    return kind in _kinds


def wordings(kind: str, subject_ids: Collection[str]) -> Mapping[str, Wording]:
    """Words of messages of one kind, by subject id. A kind nobody registers (any more) has none."""
    known = _kinds.get(kind)
    return known(kind, subject_ids) if known and subject_ids else {}
