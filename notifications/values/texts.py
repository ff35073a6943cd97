"""Text of a message, and the moment it goes out of date."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class MessageText:
    """Text of a message in one language: a title, a sentence or two, and the page they lead to.

    `act`, `act_url`: what its reader may want to do at once, and the page on which it is done.
    `is_current`: whether the subject is still as the words say.
    `stale_after`: the moment from which the message is out of date.
    """

    title: str
    body: str = ""
    url: str = ""
    act: str = ""
    act_url: str = ""
    is_current: bool = True
    stale_after: dt.datetime | None = None

    @property
    def as_sms(self) -> str:
        """Text message (SMS), which has no title and no link."""
        return _("%(title)s: %(body)s") % {"title": self.title, "body": self.body} if self.body else self.title

    def is_stale(self, now: dt.datetime) -> bool:
        """Whether the message is out of date at `now`."""
        return self.stale_after is not None and self.stale_after <= now


# (kind, subject ids) -> text by subject id, in the active language. Many ids at once, so that a page of messages costs
# the same queries as one message; a subject that no longer exists is left out.
TextsOf = Callable[[str, Collection[str]], Mapping[str, MessageText]]
