"""Strict readers for the environment.

A value that can't be understood stops the start with a sentence, never a guess.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def text(name: str, default: str | None = None) -> str:
    """Value of `name`, or of the file that `name`_FILE points to (for secrets mounted as files)."""
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE can't be read: {error}") from error
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"Set {name} (or {name}_FILE) in the environment.")
    return value


def flag(name: str, default: bool) -> bool:
    """A yes or a no; anything else is refused."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in TRUE:
        return True
    if value in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list without empty parts."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def number(name: str, default: int, *, least: int = 0) -> int:
    """A whole number from `least` up; anything else is refused."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if value.isascii() and value.isdigit() and int(value) >= least:
        return int(value)
    wanted = f"a whole number, at least {least}," if least else "a whole number,"
    raise ImproperlyConfigured(f"{name} must be {wanted} not {value!r}.")
