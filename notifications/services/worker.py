"""The wake-up call to the Celery worker after a commit.

A broker that is down costs the first request at most a second, the next ones nothing.

Nothing depends on the call: a message whose call was lost is found by the sweep of the outbox.
"""

import logging
import time
from dataclasses import dataclass
from functools import lru_cache

from celery import current_app
from django.conf import settings
from kombu import Connection
from kombu.exceptions import LimitExceeded, OperationalError
from kombu.pools import producers
from redis.exceptions import RedisError

DELIVER, SWEEP = "notifications.tasks.deliver_message", "notifications.tasks.sweep_outbox"
ANSWER_SECONDS = 1.0
# How long a process doesn't ask a broker again that didn't answer. The sweep runs about as often: nothing gets later.
PAUSE_SECONDS = 5.0
# A rush of messages wakes the worker this often: a call costs as much as writing the message, and the sweep finds the
# others.
RUSH_SECONDS = 0.1

log = logging.getLogger(__name__)


@dataclass
class _Outage:
    """Outage of the broker: the moment until which this process doesn't call it (monotonic seconds).

    Threads may overwrite each other; that costs one more try.
    """

    until: float = 0.0


@dataclass
class _Rush:
    """Rush of messages: the moment this process last woke the worker for one (monotonic seconds)."""

    last: float = float("-inf")


_rush = _Rush()
_outage = _Outage()


@lru_cache(maxsize=2)
def _connection(url: str) -> Connection:
    """Connection to the broker with timeouts short enough for a page; the worker's own are longer."""
    options = {
        **settings.CELERY_BROKER_TRANSPORT_OPTIONS,
        "socket_connect_timeout": ANSWER_SECONDS,
        "socket_timeout": ANSWER_SECONDS,
    }
    return current_app.connection_for_write(url, transport_options=options, connect_timeout=ANSWER_SECONDS)


def wake_worker(task: str, *args: object) -> bool:
    """Ask a worker to run `task` now. False when the broker didn't take it, which is logged."""
    if time.monotonic() < _outage.until:
        return False
    try:
        with producers[_connection(settings.CELERY_BROKER_URL)].acquire(block=True, timeout=ANSWER_SECONDS) as producer:
            current_app.send_task(task, args=args, producer=producer, retry=False, ignore_result=True)
    except (OperationalError, LimitExceeded, RedisError, OSError) as error:
        _outage.until = time.monotonic() + PAUSE_SECONDS
        log.warning("broker didn't take %s%s, the sweep will: %s", task, args, error)
        return False
    return True


def wake_for_message(pk: int) -> None:
    """Ask a worker to deliver one message now; in a rush of messages leave it to the sweep, a few seconds later."""
    now = time.monotonic()
    if now - _rush.last >= RUSH_SECONDS:
        _rush.last = now
        wake_worker(DELIVER, pk)


def forget_outage() -> None:
    """Forget the outage, so that the broker is called again; for tests."""
    _outage.until = 0.0
    _rush.last = float("-inf")
