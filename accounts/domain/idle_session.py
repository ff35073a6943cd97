"""The idle limit of a staff session: when the person was last seen, kept in the session itself."""

from django.contrib.sessions.backends.base import SessionBase

from common import clock

SEEN_AT = "staff_seen_at"


def begin(session: SessionBase) -> None:
    """Count idle time from now on."""
    session[SEEN_AT] = clock.now().timestamp()


def idle_seconds(session: SessionBase) -> float | None:
    """Seconds since the person was last seen; None for a session without the limit (a resident's)."""
    seen_at = session.get(SEEN_AT)
    return None if seen_at is None else clock.now().timestamp() - seen_at
