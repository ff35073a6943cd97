"""The portal as `make run` serves it, and a browser to look at it."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import places

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 60


@contextlib.contextmanager
def chromium() -> Iterator[Any]:
    """A browser that is closed in the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield browser
        browser.close()


@contextlib.contextmanager
def portal(database: str) -> Iterator[str]:
    """The address of the portal on a database."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "rsgi", "--http", "1", "--no-ws", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "2", "pingh_portal.rsgi:app"]
    log = Path(os.environ["PORTAL_VAR"]) / "log" / "bench-web.log"
    with log.open("ab") as output:
        environment = {**os.environ, "DATABASE_URL": places.address(database)}
        server = subprocess.Popen(command, cwd=places.PROJECT, env=environment, stdout=output, stderr=output)
    try:
        url = f"http://127.0.0.1:{port}/"
        _wait(url, server)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(url: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError):
            urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=10).close()
            return
        time.sleep(0.1)
    raise RuntimeError("the portal didn't answer; see bench-web.log")
