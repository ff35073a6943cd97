"""Registry of what is coming up for whom. Higher apps register theirs; this app doesn't know of bookings."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from accounts.models import User
from notifications.choices import ReminderStep


@dataclass(frozen=True)
class Coming:
    """Something that begins soon for an account.

    `key`: what it is, the same however many of one's people take part; `subject_id`: what the message is about;
    `since`: the moment from which it has stood as it does, so that nobody is reminded of what they have just done.
    """

    account: User
    key: str
    subject_id: str
    starts_at: dt.datetime
    since: dt.datetime


# What begins in [first, last), each account once; the number of queries doesn't depend on how many there are.
Finder = Callable[[dt.datetime, dt.datetime], Iterable[Coming]]

_finders: dict[str, Finder] = {}


def register(source: str, finder: Finder) -> None:
    """Register a finder under the name of its source. Its messages are of the kinds `kind_of(source, step)`."""
    _finders[source] = finder


def sources() -> dict[str, Finder]:
    """The finders by the name of their source."""
    return dict(_finders)


def kind_of(source: str, step: ReminderStep) -> str:
    """Kind of the message that reminds of something of this source."""
    return f"{source}_{step.value}"
