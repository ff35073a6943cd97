"""Fragments of public pages, kept in the process for what is left of the minute under all that they depend on."""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from common import clock

CACHE = "fragments"


def kept_fragment(name: str, depends_on: object, build: Callable[[], str]) -> SafeString:
    """HTML that `build` makes, or made before in this minute and language of the same `depends_on` (by its repr).

    For what everybody sees alike; what is reckoned from the present (over, closed) is true to the minute.
    """
    if not settings.KEEPS_FRAGMENTS:
        return mark_safe(build())  # noqa: S308 (rendered by a template)
    said = repr((name, get_language(), clock.now().replace(second=0, microsecond=0), depends_on))
    key = hashlib.sha256(said.encode()).hexdigest()
    found: str | None = caches[CACHE].get(key)
    if found is None:
        found = str(build())
        caches[CACHE].set(key, found)
    return mark_safe(found)  # noqa: S308 (rendered by a template)
