"""RSGI application that granian serves.

It reads a request's body whole, then runs the WSGI application in one of a few threads.

Why not granian's own WSGI: it hands a request to a thread as soon as the headers are there, and a body that comes a
byte at a time holds that thread for as long as its sender likes. See docs/decisions/0012-bodies-before-threads.md.
"""

import asyncio
import logging
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import IO, Any
from urllib.parse import unquote_to_bytes

from pingh_portal.settings import env
from pingh_portal.wsgi import application

# Requests that one process works on at once; each thread keeps a connection to the database open.
THREADS = env.number("WEB_THREADS", 4)
# All of a body has to be there in this time, and be no longer than this.
BODY_SECONDS = env.number("BODY_SECONDS", 60)
BODY_BYTES = env.number("BODY_BYTES", 20 * 1024 * 1024)
# What is longer waits in a file instead of in memory.
MEMORY_BYTES = 256 * 1024

log = logging.getLogger(__name__)
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="web")


class BadBody(Exception):
    """A body that isn't worth a thread; `status` says why."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


async def app(scope: Any, protocol: Any) -> None:
    """Answer one request."""
    if scope.proto != "http":
        protocol.close(HTTPStatus.NOT_IMPLEMENTED)
        return
    with tempfile.SpooledTemporaryFile(MEMORY_BYTES) as body:
        try:
            async with asyncio.timeout(BODY_SECONDS):
                length = await _read(scope.headers, protocol, body)
        except (BadBody, TimeoutError) as error:
            refusal = error.status if isinstance(error, BadBody) else HTTPStatus.REQUEST_TIMEOUT
            protocol.response_empty(refusal, [("connection", "close")])
            return
        environ = environ_of(scope, body, length)
        status, headers, content = await asyncio.get_running_loop().run_in_executor(_threads, respond, environ)
    protocol.response_bytes(status, headers, content)


async def _read(headers: Any, protocol: Any, body: IO[bytes]) -> int:
    """Read the body into `body`, from its start again; the number of its bytes."""
    if "transfer-encoding" in headers:
        raise BadBody(HTTPStatus.LENGTH_REQUIRED)  # where it breaks off couldn't be told from its end
    length, expected = 0, int(headers.get("content-length", "0"))
    if expected > BODY_BYTES:
        raise BadBody(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    if expected:
        async for chunk in protocol:
            length += len(chunk)
            body.write(chunk)
        body.seek(0)
    if length != expected:
        raise BadBody(HTTPStatus.BAD_REQUEST)
    return length


def environ_of(scope: Any, body: IO[bytes], length: int) -> dict[str, Any]:
    """The request as PEP 3333 describes it."""
    host, _, port = scope.server.rpartition(":")
    environ = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name in set(scope.headers.keys()):  # granian's have no iterator
        # With an underscore it could pass for another, also for one that only the proxy may set.
        if "_" not in name:
            separator = "; " if name == "cookie" else ","
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = separator.join(scope.headers.get_all(name))
    environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
    environ.pop("HTTP_CONTENT_LENGTH", None)
    environ["CONTENT_LENGTH"] = str(length) if length else ""
    return environ


def respond(environ: dict[str, Any]) -> tuple[int, list[tuple[str, str]], bytes]:
    """Status, headers and content that the WSGI application answers."""
    failed = int(HTTPStatus.INTERNAL_SERVER_ERROR)
    answer: list[Any] = [failed, []]

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        answer[:] = [int(status.split(" ", 1)[0]), [(name.lower(), value) for name, value in headers]]

    try:
        parts = application(environ, start_response)
        try:
            content = b"".join(parts)
        finally:
            _close(parts)
    except Exception:
        log.exception("%s %s", environ["REQUEST_METHOD"], environ["PATH_INFO"])
        return failed, [], b""
    return answer[0], answer[1], content


def _close(parts: Iterable[bytes]) -> None:
    """Tell the application that its answer has been read: Django then ends the request."""
    close = getattr(parts, "close", None)
    if close is not None:
        close()


# CPython keeps the frames of Python calls in chunks of 16 KiB and gives a chunk back the moment its first frame ends.
# Calls that go to and fro over a chunk's end then map and unmap memory each time: that was half of a search's time,
# since the stack below Django is always equally deep. A frame that claims 512 KiB gets a chunk of 1 MiB for itself and
# all that it calls, mapped once a request; what isn't touched of it costs nothing. (co_stacksize counts words of 8
# bytes.) tests/faults/test_page_faults.py counts.
respond.__code__ = respond.__code__.replace(co_stacksize=512 * 1024 // 8)
