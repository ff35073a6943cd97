"""The number typed at the sign-in page, kept in the session for a few minutes.

A mistake doesn't make anybody type it again.
"""

from django.contrib.sessions.backends.base import SessionBase

from common import clock
from common.http.drafts import KEPT_SECONDS

KEY = "typed_number"


def keep(session: SessionBase, number: str) -> None:
    """Keep `number`, as it was typed, for the next few minutes."""
    session[KEY] = [number[:24], clock.now().timestamp()]


def kept(session: SessionBase) -> str:
    """Number typed in the last few minutes, or empty."""
    number, at = session.get(KEY, ("", 0))
    return str(number) if clock.now().timestamp() - at < KEPT_SECONDS else ""


def forget(session: SessionBase) -> None:
    """Remove the number from the session."""
    session.pop(KEY, None)
