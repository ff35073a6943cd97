"""Redis cache that may be lost: limits of searches and of the API.

With its server gone or silent the pages go on without it.

A server that is gone refuses at once. One that takes connections and doesn't answer costs one call ANSWER_SECONDS; for
the next PAUSE_SECONDS this process doesn't ask it.
"""

import functools
import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeout
from redis.retry import Retry

# On one machine an answer takes a tenth of a millisecond.
ANSWER_SECONDS = 0.25
PAUSE_SECONDS = 5.0

log = logging.getLogger(__name__)

# Until when each server isn't asked (monotonic seconds). Threads may overwrite each other; that costs one more try.
_silent_until: dict[str, float] = {}


def forget_silence() -> None:
    """Ask every server again at the next call; for tests."""
    _silent_until.clear()


def _tolerant(name: str, lost: Any) -> Callable[..., Any]:
    method = getattr(RedisCache, name)

    @functools.wraps(method)
    def call(self: "TolerantRedisCache", *args: Any, **kwargs: Any) -> Any:
        # `get` answers its default, as for any missing key.
        fallback = kwargs.get("default", args[1] if name == "get" and len(args) > 1 else lost)
        if time.monotonic() < _silent_until.get(self.location, 0.0):
            return fallback
        try:
            return method(self, *args, **kwargs)
        except (RedisTimeout, TimeoutError) as error:
            _silent_until[self.location] = time.monotonic() + PAUSE_SECONDS
            log.warning("cache silent in %s, not asked for %s s: %s", name, PAUSE_SECONDS, error)
        except (RedisError, OSError) as error:
            log.warning("cache lost in %s: %s", name, error)
        return fallback

    return call


class TolerantRedisCache(RedisCache):
    """Django's Redis cache, which answers "nothing there" when the server can't be reached."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        timeouts = {
            "socket_timeout": ANSWER_SECONDS,
            "socket_connect_timeout": ANSWER_SECONDS,
            "retry": Retry(NoBackoff(), 0),
        }
        super().__init__(server, params | {"OPTIONS": timeouts | params.get("OPTIONS", {})})
        self.location = server

    get = _tolerant("get", None)
    add = _tolerant("add", True)
    set = _tolerant("set", None)
    incr = _tolerant("incr", 1)
    get_many = _tolerant("get_many", {})
    delete = _tolerant("delete", False)
    touch = _tolerant("touch", False)
