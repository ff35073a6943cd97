"""Rivals: the same thing done by many at one moment."""

import itertools
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from tests.support import databases

HERE = Path(__file__).parent
START_TOGETHER_SECONDS = 30.0
MEET_SECONDS = 5.0
LOOK_SECONDS = 0.03


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.race)


@pytest.fixture
def rivals() -> Callable[[Sequence[Callable[[], Any]]], list[Any]]:
    """`rivals([attempt, attempt, …])` runs all at once, each in a thread.

    Returns what each returned, or the exception it raised.
    """
    return run_together


class Meeting:
    """Meeting point of rivals: `wait` returns when all are there, or when those who aren't queue for a lock.

    Whoever queues can't come before one of those who are there goes on: so a guard holds them. Once somebody has waited
    in vain, nobody waits any more.
    """

    def __init__(self, count: int, seconds: float = MEET_SECONDS) -> None:
        self._count, self._seconds = count, seconds
        self._here, self._all_here = itertools.count(1), threading.Event()
        self._arrived = 0

    def wait(self) -> None:
        self._arrived = max(self._arrived, next(self._here))
        if self._arrived >= self._count:
            self._all_here.set()
        wait_unless_queueing(self._all_here, self._seconds, lambda: self._count - self._arrived)
        self._all_here.set()


def wait_unless_queueing(event: threading.Event, seconds: float, absent: Callable[[], int] = lambda: 1) -> None:
    """Wait for `event`, no longer than until as many sessions as are `absent` queue for a lock, or the time is over.

    They are looked for twice: many a lock is held for a moment only.
    """
    give_up_at, seen = time.monotonic() + seconds, 0
    with databases.queue_at(connections["default"].settings_dict["NAME"]) as waiting:
        while seen < 2 and time.monotonic() < give_up_at and not event.wait(LOOK_SECONDS):
            seen = seen + 1 if waiting() >= absent() else 0


def meet_before(patch: pytest.MonkeyPatch, module: object, name: str, count: int) -> None:
    """Let `count` rivals come to a function of a module before any of them goes through it.

    What a service without its guard lets through, whatever else the machine does.
    """
    together, function = Meeting(count), getattr(module, name)

    def meeting(*args: Any, **kwargs: Any) -> Any:
        together.wait()
        return function(*args, **kwargs)

    patch.setattr(module, name, meeting)


def run_together(attempts: Sequence[Callable[[], Any]]) -> list[Any]:
    barrier = threading.Barrier(len(attempts))

    def run(attempt: Callable[[], Any]) -> Any:
        barrier.wait(START_TOGETHER_SECONDS)
        try:
            return attempt()
        except Exception as error:
            return error
        finally:
            # A thread's connection would else stand in the way of dropping the database.
            connections.close_all()

    with ThreadPoolExecutor(max_workers=len(attempts)) as pool:
        return list(pool.map(run, attempts))
