"""The door: from when on people can be checked in, and the code on the wall that changes as one looks.

The code is a signature of the activity and of the stretch of time, so that nothing has to be kept of it.
"""

import datetime as dt

from django.utils.crypto import constant_time_compare, salted_hmac

OPENS_BEFORE = dt.timedelta(hours=2)

WALL_SECONDS = 30
# Of the stretches before, for who takes the phone out slowly: 60 to 90 seconds in all.
STRETCHES_BEFORE = 2
# So long after scanning one may still say that one is here: who isn't signed in has to wait for a code first.
SCAN_LASTS = dt.timedelta(minutes=15)
SALT = "activities.wall"
CODE_LENGTH = 20


def wall_code(reference: str, moment: dt.datetime) -> str:
    """Code that stands on the wall at `moment`, for this activity alone."""
    return _code(reference, _stretch(moment))


def is_on_wall(reference: str, code: str, moment: dt.datetime) -> bool:
    """Whether `code` stands on the wall at `moment`, or did in one of the two stretches before."""
    present = _stretch(moment)
    return any(
        constant_time_compare(code, _code(reference, present - before)) for before in range(STRETCHES_BEFORE + 1)
    )


def _stretch(moment: dt.datetime) -> int:
    return int(moment.timestamp()) // WALL_SECONDS


def _code(reference: str, stretch: int) -> str:
    return salted_hmac(SALT, f"{reference}:{stretch}", algorithm="sha256").hexdigest()[:CODE_LENGTH]
