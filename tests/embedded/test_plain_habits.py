"""What a Python person types without reading: `manage.py runserver` in a directory where nothing was ever prepared."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator

import pytest

from embedded.places import PROJECT
from tests.embedded.clients import Engines, environment, eventually

# What this test process chose for itself.
CHOSEN_BY_TESTS = ("DJANGO_SETTINGS_MODULE", "DATABASE_ROLE")


@pytest.fixture
def address(engines: Engines) -> Iterator[str]:
    """Where `manage.py runserver` serves, with the register alone."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        where = f"127.0.0.1:{probe.getsockname()[1]}"
    surroundings = environment(engines.var, PORTAL_DURABLE="0", DEMO="0")
    plain = {name: value for name, value in surroundings.items() if name not in CHOSEN_BY_TESTS}
    command = [sys.executable, "manage.py", "runserver", where]
    with subprocess.Popen(command, cwd=PROJECT, env=plain, stdout=subprocess.DEVNULL, start_new_session=True) as server:
        try:
            yield f"http://{where}"
        finally:
            os.killpg(server.pid, signal.SIGKILL)


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return answer.read().decode()


def test_runserver_prepares_what_is_missing_and_serves_pages_with_their_styles(address: str) -> None:
    pages: list[str] = []
    assert eventually(lambda: pages.append(fetch(f"{address}/centers/")) or pages, seconds=60)
    assert "当湖街道" in pages[0]
    styles = re.findall(r'href="(/static/[^"]+\.css)"', pages[0])
    assert styles
    assert all(fetch(f"{address}{style}") for style in styles)
