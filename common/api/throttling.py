"""Limits on how often the API is asked.

They live in the cache that may be lost: a dead broker lifts the limit, it doesn't close the API.
"""

from typing import TYPE_CHECKING

from django.core.cache import BaseCache, caches
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle

if TYPE_CHECKING:
    # It imports this module itself, by the settings.
    from rest_framework.views import APIView


class _Counted:
    """Where the counts are, and who somebody without an account is."""

    @property
    def cache(self) -> BaseCache:
        """Looked up for every request: Django's caches belong to a thread."""
        return caches["volatile"]

    def get_ident(self, request: Request) -> str:
        """The address that the connection comes from: X-Forwarded-For is whatever a client writes into it."""
        return str(request.META.get("REMOTE_ADDR", ""))


class Anonymous(_Counted, AnonRateThrottle):  # type: ignore[override]
    """Per address, for visitors who haven't signed in; the rate is `DEFAULT_THROTTLE_RATES["anonymous"]`."""

    scope = "anonymous"


class SignedIn(_Counted, UserRateThrottle):  # type: ignore[override]
    """Per account; the rate is `DEFAULT_THROTTLE_RATES["signed-in"]`. Visitors are left to `Anonymous`."""

    scope = "signed-in"

    def get_cache_key(self, request: Request, view: "APIView") -> str | None:
        return super().get_cache_key(request, view) if request.user.is_authenticated else None
