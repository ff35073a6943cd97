"""Preferences of a person without an account, kept in cookies."""

from collections.abc import Mapping

# Larger type: "1" while it is on.
ELDER_COOKIE = "elder"


def is_elder(cookies: Mapping[str, str]) -> bool:
    """Whether elder mode is on."""
    return cookies.get(ELDER_COOKIE) == "1"
