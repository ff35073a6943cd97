"""A request that names an encoding of bytes as that of its text."""

import io
from typing import Any

import pytest

from pingh_portal.wsgi import application


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["hex", "rot13", "no-such-thing", "utf-16", "idna", "utf-8"])
def test_is_answered_all_the_same(charset: str) -> None:
    said: list[Any] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/about/", "QUERY_STRING": "x=%ff&y=1", "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "CONTENT_TYPE": f"text/plain; charset={charset}", "wsgi.input": io.BytesIO(),
        "wsgi.url_scheme": "http", "HTTP_HOST": "testserver",
    }  # fmt: skip
    b"".join(application(environ, lambda status, headers, *rest: said.append(status)))
    assert said == ["200 OK"]
