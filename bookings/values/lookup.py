"""Text typed to find a booking or a sign-up: a number, the last four digits of a phone, a phone, or a name."""

import re
import unicodedata
from dataclasses import dataclass

from accounts.values.phones import normalise_phone
from bookings.values.references import ALPHABET, DIGITS, LENGTH
from common.text import cleaned_text

# The beginning of a number, as far as it was understood over the phone.
REFERENCE = re.compile(f"[{DIGITS}][{ALPHABET}]{{4,{LENGTH - 1}}}")
BETWEEN = re.compile(r"[\s\-\u2010-\u2015]")
LONGEST = 60


@dataclass(frozen=True)
class Lookup:
    """Thing to look for, as it was typed; exactly one of the fields is set, none of a blank text."""

    reference: str = ""
    phone: str = ""
    last_four: str = ""
    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.reference or self.phone or self.last_four or self.words)


def read_lookup(text: str) -> Lookup:
    """Read what was typed: ten digits and letters in any case and spacing, a mobile number, four digits, or words."""
    plain = cleaned_text(unicodedata.normalize("NFKC", text))[:LONGEST]
    joined = BETWEEN.sub("", plain).upper()
    if re.fullmatch(r"[0-9]{4}", joined):
        return Lookup(last_four=joined)
    if phone := normalise_phone(plain):
        return Lookup(phone=phone)
    if REFERENCE.fullmatch(joined):
        return Lookup(reference=joined)
    return Lookup(words=tuple(plain.replace("\0", "").split()))
