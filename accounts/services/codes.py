"""Sign-in codes: sending one to a number, sending another, checking what was entered (three times at most)."""

from django.core.cache import cache
from django.http import HttpRequest

from accounts.exceptions import CodeTooEarly, NoTriesLeft, TooManyCodes, TooManyCodesHere, WrongCode
from accounts.models import User
from accounts.services import limits, people
from accounts.services.allauth_internals import CodeProcess

TRIES = 3
# Longer than any code lives.
TRIES_KEPT_SECONDS = 3600


def send_code(request: HttpRequest, *, phone: str) -> None:
    """Send a code to `phone`, known or not: the work is the same. Raises TooManyCodes, TooManyCodesHere."""
    _take_code(request, phone)
    CodeProcess.start(request, phone)


def send_another_code(request: HttpRequest, *, process: CodeProcess) -> None:
    """Send another code in place of the last. Raises CodeTooEarly, TooManyCodes, TooManyCodesHere."""
    seconds = limits.seconds_to_wait(request)
    if seconds:
        raise CodeTooEarly(seconds=seconds)
    _take_code(request, process.phone)
    process.send_another(request.session[limits.SENT_AT])


def check_code(*, process: CodeProcess, code: str) -> User:
    """The account that this code opens: that of the number, or a new one (`people.resident_signing_in`).

    A try is claimed before the code is looked at, so that no more than three are checked however many are sent at one
    moment. Raises WrongCode while tries are left, then NoTriesLeft.
    """
    left = _claim_try(process.code_id)
    if process.is_code(code):
        return people.resident_signing_in(phone=process.phone)
    if left == 0:
        raise NoTriesLeft
    raise WrongCode(left)


def _take_code(request: HttpRequest, phone: str) -> None:
    if not limits.take_code(request, phone):
        raise TooManyCodes
    if not limits.take_code_from_here(request):
        raise TooManyCodesHere


def _claim_try(code_id: str) -> int:
    """Claim a try of a code; returns how many are left. Raises NoTriesLeft.

    Each try is a row of the cache's table, which nobody can add twice: the table's primary key decides between rivals.
    """
    for number in range(1, TRIES + 1):
        if cache.add(f"code-try:{code_id}:{number}", True, TRIES_KEPT_SECONDS):
            return TRIES - number
    raise NoTriesLeft
