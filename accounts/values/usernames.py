"""User names as people type them."""

import unicodedata


def normalise_username(text: str) -> str:
    """The one way to write a name that looks like `text`.

    Full-width letters and digits are the plain ones, blanks around it go.
    """
    return unicodedata.normalize("NFKC", text).strip()
