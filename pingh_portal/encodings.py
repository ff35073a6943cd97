"""Requests that claim an encoding which isn't one of text."""

import re
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
CHARSET = re.compile(r";\s*charset=\"?([^;\"\s]+)\"?", re.IGNORECASE)


def only_text(application: Application) -> Application:
    """Leave out of Content-Type a charset such as `hex`: Python knows it as a codec of bytes.

    Django would fail on it while it makes the request, before any page of errors can be shown.
    """

    def ask(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        named = CHARSET.search(environ.get("CONTENT_TYPE", ""))
        if named and not _is_text(named[1]):
            environ["CONTENT_TYPE"] = CHARSET.sub("", environ["CONTENT_TYPE"])
        return application(environ, start_response)

    return ask


def _is_text(name: str) -> bool:
    try:
        b"\xff".decode(name, "replace")
    except (LookupError, UnicodeError):
        return False
    return True
