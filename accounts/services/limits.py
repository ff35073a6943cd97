"""How often codes and passwords may be tried. The counts live in the default cache (the database), so they outlive broker and process."""

import math

from allauth.account import app_settings
from allauth.core.internal import ratelimit as window
from allauth.core.ratelimit import consume
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from accounts.values.usernames import normalise_username
from common import clock

SENT_AT = "code_sent_at"


def take_code(request: HttpRequest, phone: str) -> bool:
    """Count one more code sent to `phone`; False when that would be more than a minute or a day allows."""
    return consume(request, action="request_login_code", key=phone)


def take_code_from_here(request: HttpRequest) -> bool:
    """Count one more code asked for from the visitor's network address; False when that would be more than a day allows."""
    return consume(request, action="code_from_address")


def note_code_sent(request: HttpRequest) -> None:
    """Start the wait before the next code in this browser."""
    request.session[SENT_AT] = clock.now().timestamp()


def seconds_to_wait(request: HttpRequest) -> int:
    """How long this browser must still wait before it may ask for another code."""
    left = request.session.get(SENT_AT, 0) + settings.SIGN_IN_CODE_RESEND_SECONDS - clock.now().timestamp()
    return max(0, math.ceil(left))


def lock_of(username: str) -> str:
    """What the wrong tries of one user name are counted under, however it is written."""
    return normalise_username(username).lower()


def unlock(username: str) -> None:
    """Forget the wrong tries of one user name: they were tries of a password that it no longer has. Those of an address stay counted."""
    rates = [rate for rate in window.parse_rates(app_settings.RATE_LIMITS["login_failed"]) if rate.per == "key"]
    cache.delete_many([_count_of(HttpRequest(), lock_of(username), rate) for rate in rates])


def minutes_locked(request: HttpRequest, key: str) -> int:
    """How many minutes, rounded up, until the lock on `key` (a user name) opens: when the oldest of its bad tries is old enough."""
    rates = window.parse_rates(app_settings.RATE_LIMITS["login_failed"])
    waits = [_seconds_full(request, key, rate) for rate in rates]
    return max(1, math.ceil(max(waits) / 60))


def _seconds_full(request: HttpRequest, key: str, rate: window.Rate) -> float:
    tries = cache.get(_count_of(request, key, rate), [])
    if len(tries) < rate.amount:
        return 0
    return tries[rate.amount - 1] + rate.duration - clock.now().timestamp()


def _count_of(request: HttpRequest, key: str, rate: window.Rate) -> str:
    return window.get_cache_key(request, app="allauth.account", action="login_failed", rate=rate, key=key)
