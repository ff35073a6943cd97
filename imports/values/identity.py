"""Identity of an activity across sheets: center, kind, day and title, and its start where hours are said."""

import datetime as dt
import hashlib
import re
import unicodedata

BLANKS = re.compile(r"\s+")


def same_title(title: str) -> str:
    """Title as it is compared: without blanks, full-width as plain, in small letters."""
    return BLANKS.sub("", unicodedata.normalize("NFKC", title)).casefold()


def base_of(center: int, kind: str, day: dt.date, title: str) -> bytes:
    """Digest of center, kind, day and title."""
    words = f"{center}\x1f{kind}\x1f{day.isoformat()}\x1f{same_title(title)}"
    return hashlib.blake2b(words.encode(), digest_size=16).digest()


def identity_of(base: bytes, start: dt.time | None, another: int = 0) -> str:
    """Identity as it is kept, with the start; `another`: number of a row said to be another activity all the same."""
    return f"{base.hex()}{start.strftime('%H%M') if start else ''}{f'#{another}' if another else ''}"
