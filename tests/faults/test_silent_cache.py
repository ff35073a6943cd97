"""A Valkey that takes connections and says nothing: stopped by a signal, as a machine out of memory stops it."""

import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import caches
from django.test import Client, override_settings
from django.urls import reverse

from common import cache
from embedded.binaries import valkey_server
from tests.embedded.clients import eventually

# Much less than a person notices; much more than a page takes here when nothing is asked of a silent server.
ONCE, AFTERWARDS = 4 * cache.ANSWER_SECONDS, cache.ANSWER_SECONDS / 2


@pytest.fixture
def valkey() -> Iterator["subprocess.Popen[bytes]"]:
    """A server of this test's own, as the portal's cache that may be lost."""
    with tempfile.TemporaryDirectory(prefix="valkey-") as place:
        path = Path(place) / "v.sock"
        command = [str(valkey_server()), "--port", "0", "--unixsocket", str(path), "--save", "", "--dir", place]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        volatile = {**caches.settings["volatile"], "LOCATION": f"unix://{path}?db=1"}
        try:
            with override_settings(CACHES={**caches.settings, "volatile": volatile}):
                assert eventually(stored)
                yield server
        finally:
            server.kill()
            server.wait()
            cache.forget_silence()


def stored() -> bool:
    caches["volatile"].set("word", "平湖")
    return caches["volatile"].get("word") == "平湖"


def seconds(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def test_silence_costs_one_call_a_moment_and_the_next_nothing(valkey: "subprocess.Popen[bytes]") -> None:
    volatile = caches["volatile"]
    valkey.send_signal(signal.SIGSTOP)
    assert seconds(lambda: volatile.get("word")) < ONCE
    assert (
        seconds(
            lambda: [volatile.get("word", "none"), volatile.add("x", 1), volatile.incr("x"), volatile.get_many(["x"])]
        )
        < AFTERWARDS
    )
    assert volatile.get("word", "none") == "none" and volatile.get("word", default="none") == "none"


def test_a_server_that_speaks_again_is_heard_after_a_while(
    valkey: "subprocess.Popen[bytes]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "PAUSE_SECONDS", 0.2)
    valkey.send_signal(signal.SIGSTOP)
    assert caches["volatile"].get("word") is None
    valkey.send_signal(signal.SIGCONT)
    assert eventually(stored)


@pytest.mark.django_db
def test_pages_and_api_hardly_notice(valkey: "subprocess.Popen[bytes]", client: Client) -> None:
    paths = [reverse("bookings:space_search"), "/api/v1/centers/"]
    usual = [min(seconds(lambda path=path: client.get(path)) for _ in range(2)) for path in paths]  # type: ignore[misc]
    valkey.send_signal(signal.SIGSTOP)
    for path, before in zip(paths, usual, strict=True):
        assert seconds(lambda path=path: client.get(path)) < 3 * before + ONCE  # type: ignore[misc]
