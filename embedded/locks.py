"""File locks of the kernel: they go with the process that held them, however it ended."""

import contextlib
import fcntl
import os
import time
from pathlib import Path


def take(path: Path, *, shared: bool = False, timeout: float | None = 0) -> int | None:
    """File descriptor that holds the lock until closed; None where others held it for `timeout` seconds.

    Without a timeout (None) the kernel queues us: no polling, and no window in which a probing neighbour makes us fail.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    if timeout is None:
        fcntl.flock(handle, kind)
        return handle
    deadline = time.monotonic() + timeout
    while True:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
            return handle
        if time.monotonic() >= deadline:
            os.close(handle)
            return None
        time.sleep(0.02)


def is_held(path: Path) -> bool:
    """Whether another process holds the lock alone. Looks by taking it shared for an instant."""
    handle = take(path, shared=True)
    if handle is None:
        return True
    os.close(handle)
    return False
