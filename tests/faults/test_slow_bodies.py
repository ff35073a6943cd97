"""Bodies that come slowly, break off or never end, sent to a running portal.

No thread waits for them, and other people's pages go on.
"""

import io
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest

from pingh_portal import rsgi
from tests.support.http import PortalClient
from tests.support.server import BODY_SECONDS, PortalServer

# More than both processes together have threads.
MANY = 24
# A page takes a tenth of this; a loaded machine gets a margin, a page without a thread wouldn't come in it.
PAGE_SECONDS = 3.0
# Django reads the body of whoever sends such a cookie, to look for its token.
HEAD = (
    "POST /accounts/login/ HTTP/1.1",
    "Host: 127.0.0.1",
    f"Cookie: csrftoken={'a' * 32}",
    "Content-Type: application/x-www-form-urlencoded",
)


def send(server: PortalServer, *more: str, body: str = "csrf") -> socket.socket:
    """A connection with the head of a request and the beginning of its body."""
    address = urlsplit(server.url)
    line = socket.create_connection((address.hostname, address.port), timeout=10)
    line.sendall("\r\n".join([*HEAD, *more, "", body]).encode())
    return line


def status(line: socket.socket) -> int:
    """The answer's status, 0 when the connection was closed without one."""
    return int((line.recv(64).split(b" ", 2)[1:2] or [b"0"])[0])


@pytest.fixture
def slow(portal_server: PortalServer) -> Iterator[list[socket.socket]]:
    """Connections that announce a megabyte and send four bytes of it."""
    with ExitStack() as stack:
        yield [stack.enter_context(send(portal_server, "Content-Length: 1000000")) for _ in range(MANY)]


def test_pages_go_on_while_bodies_dawdle_and_these_end_at_a_deadline(
    portal_server: PortalServer, slow: list[socket.socket]
) -> None:
    began = time.monotonic()
    while time.monotonic() - began < BODY_SECONDS / 2:
        for line in slow:
            line.sendall(b"a")
        asked = time.monotonic()
        assert PortalClient(portal_server.url).get("/privacy/").status == 200
        assert time.monotonic() - asked < PAGE_SECONDS
        time.sleep(0.3)
    assert {status(line) for line in slow} == {408}
    assert BODY_SECONDS <= time.monotonic() - began + 1 < BODY_SECONDS + 5


def test_a_body_that_breaks_off_never_reaches_a_page(portal_server: PortalServer) -> None:
    with send(portal_server, "Content-Length: 1000000") as line:
        line.shutdown(socket.SHUT_WR)
        assert status(line) in (0, 400)


def test_a_body_of_unknown_length_is_refused(portal_server: PortalServer) -> None:
    with send(portal_server, "Transfer-Encoding: chunked", body="4\r\ncsrf\r\n0\r\n\r\n") as line:
        assert status(line) == 411


def test_a_body_that_is_too_long_is_refused_before_it_comes(portal_server: PortalServer) -> None:
    with send(portal_server, f"Content-Length: {rsgi.BODY_BYTES + 1}") as line:
        assert status(line) == 413


class Headers(dict[str, list[str]]):
    """As granian gives them."""

    def get_all(self, name: str) -> list[str]:
        return self[name]


def environ(headers: dict[str, list[str]], **scope: Any) -> dict[str, Any]:
    usual = {"method": "GET", "path": "/", "query_string": "", "server": "127.0.0.1:8000", "client": "10.0.0.1:50000"}
    usual |= {"http_version": "1.1", "scheme": "http"} | scope
    return rsgi.environ_of(SimpleNamespace(headers=Headers(headers), **usual), io.BytesIO(), 0)


def test_a_request_keeps_its_meaning_on_its_way_to_wsgi() -> None:
    found = environ(
        {"cookie": ["a=1", "b=2"], "accept": ["x", "y"], "content-type": ["text/plain"]},
        path="/%E5%B9%B3/%ff",
        method="PUT",
    )
    assert (found["HTTP_COOKIE"], found["HTTP_ACCEPT"], found["CONTENT_TYPE"]) == ("a=1; b=2", "x,y", "text/plain")
    assert found["PATH_INFO"].encode("latin-1") == b"/\xe5\xb9\xb3/\xff"
    assert (found["REQUEST_METHOD"], found["REMOTE_ADDR"], found["SERVER_PORT"]) == ("PUT", "10.0.0.1", "8000")
    assert environ({}, client="[::1]:50000")["REMOTE_ADDR"] == "::1"


def test_an_underscore_cannot_pass_for_a_header_that_the_proxy_sets() -> None:
    assert "HTTP_X_FORWARDED_FOR" not in environ({"x_forwarded_for": ["1.2.3.4"]})
