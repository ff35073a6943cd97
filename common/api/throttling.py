"""Limits on how often the API is asked. They live in the cache that may be lost.

A dead broker lifts the limit, it doesn't close the API.
"""

from django.core.cache import caches
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle


class Anonymous(AnonRateThrottle):
    """Per address, for visitors who haven't signed in; the rate is `DEFAULT_THROTTLE_RATES["anonymous"]`."""

    scope = "anonymous"
    cache = caches["volatile"]


class SignedIn(UserRateThrottle):
    """Per account; the rate is `DEFAULT_THROTTLE_RATES["signed-in"]`. Visitors are left to `Anonymous`."""

    scope = "signed-in"
    cache = caches["volatile"]

    def get_cache_key(self, request, view):  # type: ignore[no-untyped-def]
        return super().get_cache_key(request, view) if request.user.is_authenticated else None
