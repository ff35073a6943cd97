"""Rate limits of sign-in codes and passwords.

The counts live in the default cache (the database), so they outlive broker and process.
"""

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from allauth.account import app_settings
from allauth.core.ratelimit import Rate, consume
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from accounts.exceptions import SignInBusy
from accounts.services.allauth_internals import count_key, rates_of
from accounts.values.usernames import normalise_username
from common import clock

SENT_AT = "code_sent_at"
# allauth's name for checking a password.
ACTION = "login_failed"
# A check keeps a thread and a processor busy for some tenths of a second: half of a process's four threads stay for the
# pages.
_password_checks = threading.BoundedSemaphore(settings.PASSWORD_CHECKS_AT_ONCE)


@contextmanager
def password_check() -> Iterator[None]:
    """Context manager around a check of a password; at most PASSWORD_CHECKS_AT_ONCE in this process.

    Raises SignInBusy at once: nobody waits in a thread.
    """
    if not _password_checks.acquire(blocking=False):
        raise SignInBusy
    try:
        yield
    finally:
        _password_checks.release()


def take_code(request: HttpRequest, phone: str) -> bool:
    """Count one more code sent to `phone`; False when that would be more than a minute or a day allows."""
    return consume(request, action="request_login_code", key=phone)


def take_code_from_here(request: HttpRequest) -> bool:
    """Count one more code asked for from the visitor's network address.

    False when that would be more than a day allows.
    """
    return consume(request, action="code_from_address")


def note_code_sent(request: HttpRequest) -> None:
    """Start the wait before the next code in this browser."""
    request.session[SENT_AT] = clock.now().timestamp()


def seconds_to_wait(request: HttpRequest) -> int:
    """Seconds until this browser may ask for another code."""
    left = request.session.get(SENT_AT, 0) + settings.SIGN_IN_CODE_RESEND_SECONDS - clock.now().timestamp()
    return max(0, math.ceil(left))


def lock_of(username: str) -> str:
    """Key that the wrong tries of one user name are counted under, however it is written."""
    return normalise_username(username).lower()


def unlock(username: str) -> None:
    """Forget the wrong tries of one user name: they were tries of a password that it no longer has.

    Those of an address stay counted.
    """
    rates = [rate for rate in _wrong_passwords() if rate.per == "key"]
    cache.delete_many([count_key(HttpRequest(), ACTION, rate, lock_of(username)) for rate in rates])


def minutes_locked(request: HttpRequest, key: str) -> int:
    """Minutes, rounded up, until the lock on `key` (a user name) opens.

    It opens when the oldest of its bad tries is old enough.
    """
    waits = [_seconds_full(request, key, rate) for rate in _wrong_passwords()]
    return max(1, math.ceil(max(waits) / 60))


def _wrong_passwords() -> list[Rate]:
    return rates_of(app_settings.RATE_LIMITS[ACTION])


def _seconds_full(request: HttpRequest, key: str, rate: Rate) -> float:
    tries = cache.get(count_key(request, ACTION, rate, key), [])
    if len(tries) < rate.amount:
        return 0
    return float(tries[rate.amount - 1] + rate.duration - clock.now().timestamp())
