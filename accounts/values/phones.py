"""Chinese mobile numbers: reading and masking."""

import re
import unicodedata

from common.messaging.masks import mask_phone
from common.text import cleaned_text

__all__ = ["has_phone_length", "mask_phone", "normalise_phone"]

# Blanks, brackets, dots, and every dash that a keyboard, a contact list or a web page puts between groups of digits.
SEPARATORS = re.compile("[\\s().\u00b7\\-\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]")
COUNTRY = re.compile(r"^(\+?86|0086)(?=1\d{10}$)")


def normalise_phone(raw: str) -> str | None:
    """Eleven digits from what people type or paste (blanks, dashes, unseen marks, +86); None for no mobile number."""
    digits = _digits(raw)
    return digits if re.fullmatch(r"1[3-9][0-9]{9}", digits) else None


def has_phone_length(raw: str) -> bool:
    """Whether the text is eleven digits, be they a mobile number or not.

    Telling such a person to type eleven would not help.
    """
    return re.fullmatch(r"[0-9]{11}", _digits(raw)) is not None


def _digits(raw: str) -> str:
    return COUNTRY.sub("", SEPARATORS.sub("", cleaned_text(unicodedata.normalize("NFKC", raw or ""))))
