"""Signed tokens: the addresses under which a rating is given without an account.

A token names what is rated and the channel it was handed out by; nobody can make one for something else.
"""

import dataclasses
import datetime as dt
from enum import StrEnum
from typing import Self

from django.core.signing import BadSignature, Signer
from django.utils.crypto import salted_hmac

from common import clock
from ratings.choices import Channel

SEPARATOR = "."
SALT = "ratings.token"
# A tablet is started anew after so long: its address may have been seen by others.
TABLET_LASTS = dt.timedelta(days=7)


class Kind(StrEnum):
    """Sort of thing that a token names."""

    ACTIVITY = "a"
    SIGN_UP = "s"
    BOOKING = "b"
    CENTER = "c"


@dataclasses.dataclass(frozen=True)
class Token:
    """Token of a thing: its sort, its key (a reference, the code of a sign-up or of a center) and the channel."""

    kind: Kind
    key: str
    channel: Channel = Channel.QR

    def __str__(self) -> str:
        return Signer(sep=SEPARATOR, salt=SALT).sign(f"{self.kind}-{self.channel}-{self.key}")

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The token that was signed here; None for any other text."""
        try:
            value = Signer(sep=SEPARATOR, salt=SALT).unsign(text)
            kind, channel, key = value.split("-", 2)
            return cls(Kind(kind), key, Channel(channel))
        except (BadSignature, ValueError):
            return None


def tablet_token(center_code: str) -> str:
    """Token under which a tablet of a center asks, for TABLET_LASTS."""
    return _tablet_signer().sign(f"{int(clock.now().timestamp())}-{center_code}")


def read_tablet_token(text: str) -> str | None:
    """Code of the tablet's center; None where the token isn't ours, or too old."""
    try:
        since, code = _tablet_signer().unsign(text).split("-", 1)
    except BadSignature:
        return None
    return code if clock.now().timestamp() < int(since) + TABLET_LASTS.total_seconds() else None


def _tablet_signer() -> Signer:
    return Signer(sep=SEPARATOR, salt=f"{SALT}.tablet")


def visit_key(*parts: object) -> str:
    """Key of a visit, made of what tells it apart. Nothing of that can be read back from it."""
    return salted_hmac("ratings.visit", "|".join(str(part) for part in parts), algorithm="sha256").hexdigest()
