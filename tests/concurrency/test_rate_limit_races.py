"""Requests at one moment are counted one by one.

A canary shows that reading and writing back would let more through.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.core.cache import caches

from common.http import rate_limit

pytestmark = pytest.mark.race

MANY, ALLOWED = 40, 10
Rivals = Callable[[Sequence[Callable[[], Any]]], list[Any]]


def let_through(rivals: Rivals) -> int:
    answers = rivals([lambda: rate_limit.seconds_over("race", "one", f"{ALLOWED}/m")] * MANY)
    assert all(isinstance(answer, int) for answer in answers), answers
    return answers.count(0)


def test_no_more_than_the_rate_get_through_at_once(rivals: Rivals) -> None:
    assert let_through(rivals) == ALLOWED


def test_canary_a_count_that_is_read_and_written_back_lets_more(
    rivals: Rivals, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_have_read = threading.Barrier(MANY)

    def read_and_write_back(key: str, seconds: int) -> int:
        cache = caches["volatile"]
        count = cache.get(key, 0) + 1
        # Left to chance, a busy machine may let them read one after the other.
        all_have_read.wait(30)
        cache.set(key, count, seconds)
        return int(count)

    monkeypatch.setattr(rate_limit, "_count", read_and_write_back)
    assert let_through(rivals) > ALLOWED
