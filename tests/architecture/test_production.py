"""Production behind its proxy, as it is served.

Granian with the production settings, asked as the proxy asks and as a stranger.
"""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PROJECT

pytestmark = pytest.mark.slow

HOST = "portal.example.gov.cn"
# Says what the application is told about who asks, from beside the real one and behind the same corrections.
ECHO = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "pingh_portal.settings.prod"
import django.core.wsgi
from django.http import JsonResponse
real = django.core.wsgi.WSGIHandler.get_response
def told(self, request):
    answer = real(self, request)
    answer["X-Told"] = json.dumps([request.META["REMOTE_ADDR"], request.is_secure()])
    return answer
django.core.wsgi.WSGIHandler.get_response = told
from pingh_portal.rsgi import app
"""
PRODUCTION = {
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ALLOWED_HOSTS": HOST,
    "SMS_CHANNEL": "carrier.Sms",
    "DEMO": "0",
}


@pytest.fixture(scope="module", params=["127.0.0.1", "10.9.9.9"], ids=["trusted", "untrusted"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[bool, int]]:
    """Whether it believes the proxy (this machine), and its port."""
    place: Path = tmp_path_factory.mktemp("production")
    (place / "echo.py").write_text(ECHO)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = ("PATH", "HOME", "DATABASE_URL", "REDIS_URL", "PORTAL_ENGINES")
    environment = {name: os.environ[name] for name in kept if name in os.environ} | PRODUCTION
    environment |= {"PROXY_ADDRESSES": request.param, "PYTHONPATH": f"{place}:{PROJECT}", "PORTAL_VAR": str(place)}
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "rsgi",
        "--http",
        "1",
        "--no-ws",
        "--port",
        str(port),
        "echo:app",
    ]
    server = subprocess.Popen(command, cwd=PROJECT, env=environment)
    try:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and server.poll() is None:
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield request.param == "127.0.0.1", port
    finally:
        server.terminate()
        server.wait(20)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def ask(port: int, **headers: str) -> tuple[int, str, bool]:
    """Status of an answer, and what the application was told: the visitor's address, whether it's https."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers={"Host": HOST, **headers})
    try:
        answer = urllib.request.build_opener(_NoRedirects).open(request, timeout=60)
    except urllib.error.HTTPError as error:
        answer = error
    with answer:
        address, secure = json.loads(answer.headers["X-Told"])
        return answer.status, address, secure


def test_the_proxys_word_is_taken_and_nobody_elses(served: tuple[bool, int]) -> None:
    trusted, port = served
    status, address, secure = ask(port, **{"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"})
    assert (status, secure) == ((200, True) if trusted else (301, False)), (
        "behind the proxy one would be redirected for ever"
    )
    assert address == ("203.0.113.7" if trusted else "127.0.0.1")
    for header in ("X_Forwarded_For", "x_forwarded_proto"):
        assert ask(port, **{header: "https" if "proto" in header else "203.0.113.7"})[1:] == ("127.0.0.1", False)


def test_plain_http_is_led_to_https(served: tuple[bool, int]) -> None:
    assert ask(served[1])[0] == 301
