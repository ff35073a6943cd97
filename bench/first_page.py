"""Bytes and requests that a phone loads for the first page.

Every byte over the wire, headers included, with nothing in any cache.
"""

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

from bench import places
from bench.rounds import Result

LIMIT_KB = 150.0
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


def first_page_kb(quick: bool) -> Result:
    with _portal() as url:
        count, kilobytes = _load(url)
    notes = f"{count} requests for the home page at 360 px, cold; the limit is the reference"
    return Result(
        "first_page_kb", kilobytes, LIMIT_KB, kilobytes / LIMIT_KB, target=1.0, at_least=False, unit="KB", notes=notes
    )


@contextlib.contextmanager
def _portal() -> Iterator[str]:
    """The portal on the large database, as `make run` serves it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "rsgi", "--http", "1", "--no-ws", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "2", "pingh_portal.rsgi:app"]
    log = Path(os.environ["PORTAL_VAR"]) / "log" / "bench-web.log"
    with log.open("ab") as output:
        environment = {**os.environ, "DATABASE_URL": places.address(places.LARGE)}
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


def _load(url: str) -> tuple[int, float]:
    """Number of requests and kilobytes (1,000 bytes) that a new browser needs for the page."""
    from playwright.sync_api import sync_playwright

    sizes: list[float] = []
    with sync_playwright() as playwright:
        program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        page = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN").new_page()
        session = page.context.new_cdp_session(page)
        session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        session.send("Network.enable")
        page.goto(url, wait_until="networkidle")
        browser.close()
    return len(sizes), sum(sizes) / 1000
