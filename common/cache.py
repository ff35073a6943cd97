"""The cache that may be lost: limits of searches and of the API. With the broker gone the pages go on without it."""

import functools
import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


def _tolerant(name: str, lost: Any) -> Callable[..., Any]:
    method = getattr(RedisCache, name)

    @functools.wraps(method)
    def call(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return method(self, *args, **kwargs)
        except (RedisError, OSError) as error:
            log.warning("cache lost in %s: %s", name, error)
            # `get` answers its default, as for any missing key.
            return kwargs.get("default", args[1] if name == "get" and len(args) > 1 else lost)

    return call


class TolerantRedisCache(RedisCache):
    """Django's Redis cache that answers "nothing there" instead of failing when the server can't be reached."""

    get = _tolerant("get", None)
    add = _tolerant("add", True)
    set = _tolerant("set", None)
    incr = _tolerant("incr", 1)
    get_many = _tolerant("get_many", {})
    delete = _tolerant("delete", False)
    touch = _tolerant("touch", False)
