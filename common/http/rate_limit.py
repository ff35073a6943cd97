"""Rate limit: how often one visitor may ask for something, counted for pages and the API alike.

Counts live in the cache that may be lost: a dead broker lifts the limits, it doesn't close the portal. Limits that must
hold (codes, passwords) are counted in the database (`accounts.services.limits`).
"""

import functools
import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.http.htmx import wants_fragment

View = TypeVar("View", bound=Callable[..., HttpResponse])

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
# What one household or phone gets from its provider: whoever counted single addresses would count nobody.
NETWORK_BITS = 64


@dataclass(frozen=True)
class Rate:
    """At most `amount` in `seconds`, which begin with the first."""

    amount: int
    seconds: int

    @classmethod
    def read(cls, text: str) -> Self:
        """A rate as settings have it: `60/m`, `120/min`, `5/s`. Raises ImproperlyConfigured."""
        found = re.fullmatch(r"([1-9][0-9]*)/([smhd])[a-z]*", text)
        if not found:
            raise ImproperlyConfigured(f"A rate is a number and a unit of time, like 60/m, not {text!r}.")
        return cls(int(found[1]), SECONDS[found[2]])


def address_of(request: Any) -> str:
    """Network address that a request is counted under: the connection's, of IPv6 the network it belongs to.

    X-Forwarded-For is whatever a client writes into it; behind a proxy `pingh_portal.wsgi` has put the visitor's in its
    place.
    """
    text = str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if address.version == 4:
        return text
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address.packed, NETWORK_BITS), strict=False))


def visitor_of(request: Any) -> str:
    """Key that is counted: the account of somebody signed in, else the network address."""
    user = getattr(request, "user", None)
    return f"account:{user.pk}" if user is not None and user.is_authenticated else f"address:{address_of(request)}"


def seconds_over(scope: str, visitor: str, rate: str | None) -> int:
    """Count one more request; 0 within `rate` (None: no limit), else how many seconds to wait at most."""
    if not rate:
        return 0
    limit = Rate.read(rate)
    return limit.seconds if _count(f"rate:{scope}:{visitor}", limit.seconds) > limit.amount else 0


def limit_rate(scope: str, rate: Callable[[], str | None]) -> Callable[[View], View]:
    """View decorator: 429 with a page in words for a visitor who asks more often than `rate()`."""

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            wait = seconds_over(scope, visitor_of(request), rate())
            return _too_many(request, wait) if wait else view(request, *args, **kwargs)

        return limited  # type: ignore[return-value]

    return decorate


def _count(key: str, seconds: int) -> int:
    """One more under `key`, in one step of the server's.

    However many ask at one moment, each gets a number of its own.
    """
    cache = caches["volatile"]
    if cache.add(key, 1, seconds):
        return 1
    try:
        count = cache.incr(key)
    except ValueError:  # It ran out between the two: the next window begins.
        cache.add(key, 1, seconds)
        return 1
    if count == 1:  # It ran out within `incr`, which made it anew without an end.
        cache.touch(key, seconds)
    return count


def _too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """The page that says so, also for htmx.

    It shows no fragment that comes with an error, so it is sent to the page.
    """
    if wants_fragment(request):
        response = HttpResponse(status=429, headers={"HX-Redirect": request.get_full_path()})
    else:
        response = render(request, "429.html", status=429)
    response["Retry-After"] = str(wait)
    return response
