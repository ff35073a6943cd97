"""Rivals: the same thing done by many at one moment."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

HERE = Path(__file__).parent
START_TOGETHER_SECONDS = 30.0


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
