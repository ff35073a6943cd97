"""Chinese mobile numbers: how they are read and how they are shown."""

import re
import unicodedata

from common.messaging.masks import mask_phone

__all__ = ["mask_phone", "normalise_phone"]


def normalise_phone(raw: str) -> str | None:
    """Eleven digits from what people type (spaces, dashes, +86, full-width digits), or None if it is no mobile number."""
    digits = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", raw or ""))
    digits = re.sub(r"^(\+?86|0086)(?=1\d{10}$)", "", digits)
    return digits if re.fullmatch(r"1[3-9][0-9]{9}", digits) else None
