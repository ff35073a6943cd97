"""Clock: the only source of now and today. Business time is Asia/Shanghai; storage is UTC; intervals are half-open."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_frozen: dt.datetime | None = None


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return _frozen or dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The present date in Shanghai."""
    return now().astimezone(SHANGHAI).date()


def local(moment: dt.datetime) -> dt.datetime:
    """Moment in Shanghai time."""
    return moment.astimezone(SHANGHAI)


def at(day: dt.date, time: dt.time) -> dt.datetime:
    """Moment of `time` on `day` in Shanghai."""
    return dt.datetime.combine(day, time, tzinfo=SHANGHAI)


def midnight(day: dt.date) -> dt.datetime:
    """The first moment of `day` in Shanghai."""
    return at(day, dt.time.min)


@contextmanager
def frozen(moment: dt.datetime) -> Iterator[None]:
    """Hold the clock at `moment`; for tests and for records made as of a past day."""
    global _frozen
    before, _frozen = _frozen, moment.astimezone(dt.UTC)
    try:
        yield
    finally:
        _frozen = before
