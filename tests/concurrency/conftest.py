"""Rivals: the same thing done by many at one moment."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

HERE = Path(__file__).parent
START_TOGETHER_SECONDS = 30.0
MEET_SECONDS = 5.0


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
    """Meeting point of rivals: `wait` returns when all are there, or after a while where a guard holds some."""

    def __init__(self, count: int) -> None:
        self.barrier = threading.Barrier(count)

    def wait(self) -> None:
        with suppress(threading.BrokenBarrierError):
            self.barrier.wait(MEET_SECONDS)


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
