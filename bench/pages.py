"""A page as the portal serves it, and the least it could cost.

Its own template with the context that its view made, canned.

Both go through the whole application, middleware and compression included, as a browser's request does; only the view
differs.
"""

import dataclasses
import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import Template
from django.test import RequestFactory
from django.test.utils import override_settings

CANNED = "bench.canned"
_visitors = itertools.count(1)


@dataclasses.dataclass(frozen=True)
class Canned:
    """The template and the context of one answer."""

    template: Template
    context: dict[str, Any]

    def render(self, request: HttpRequest) -> str:
        return self.template.render(self.context, request)


@dataclasses.dataclass(frozen=True)
class FromMemory:
    """The bytes of one answer: the least a page could cost that asks the database once."""

    body: bytes

    def render(self, request: HttpRequest) -> bytes:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
        return self.body


class CannedViews:
    """The last middleware: answers with the canned page in the view's stead where the request brings one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        canned: Canned | FromMemory | None = request.META.get(CANNED)
        return HttpResponse(canned.render(request)) if canned else None


class Application:
    """The portal in this process, asked by visitors from addresses of their own.

    So that no limit of one visitor is met.
    """

    def __init__(self) -> None:
        from django.conf import settings

        with override_settings(MIDDLEWARE=[*settings.MIDDLEWARE, "bench.pages.CannedViews"]):
            self._handler = WSGIHandler()

    def answer(
        self, path: str, canned: Canned | FromMemory | None = None, encoding: str = "gzip", cookie: str = ""
    ) -> bytes:
        """The body of a page, which must come with 200."""
        number = next(_visitors)
        address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        more = {
            "REMOTE_ADDR": address,
            "HTTP_ACCEPT_ENCODING": encoding,
            "HTTP_ACCEPT_LANGUAGE": "zh-CN",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": cookie,
        }
        environ = RequestFactory().get(path).environ | more | ({CANNED: canned} if canned else {})
        status: list[str] = []
        response = self._handler(environ, lambda line, headers: status.append(line))  # type: ignore[arg-type]
        body = b"".join(response)
        response.close()
        if not status[0].startswith("200"):
            raise RuntimeError(f"{path} answers with {status[0]}")
        return body


def can(application: Application, path: str) -> Canned:
    """Ask the view once and keep the template and context that its answer was made of.

    They must give the same page again.
    """
    with _renderings() as made:
        shown = application.answer(path, encoding="identity")
    canned = Canned(*made[-1])
    again = application.answer(path, canned, encoding="identity")
    if abs(len(again) - len(shown)) > 200:
        raise RuntimeError(f"the canned context of {path} gives another page than its view")
    return canned


def pair(path: str) -> tuple[Callable[[], object], Callable[[], object]]:
    """Ours and the reference for one page, to be called again and again."""
    application = Application()
    canned = can(application, path)
    return lambda: application.answer(path), lambda: application.answer(path, canned)


def pair_from_memory(path: str, cookie: str = "") -> tuple[Callable[[], object], Callable[[], object]]:
    """Ours, and the same bytes from memory through the whole middleware and one query."""
    application = Application()
    kept = FromMemory(application.answer(path, encoding="identity", cookie=cookie))
    return lambda: application.answer(path, cookie=cookie), lambda: application.answer(path, kept, cookie=cookie)


@contextmanager
def _renderings() -> Iterator[list[tuple[Template, dict[str, Any]]]]:
    """The outermost renderings that happen meanwhile; those of form fields within a page don't count."""
    made: list[tuple[Template, dict[str, Any]]] = []
    depth = 0
    original = Template.render

    def noting(self: Template, context: Any = None, request: Any = None) -> Any:
        nonlocal depth
        depth += 1
        try:
            return original(self, context, request)
        finally:
            depth -= 1
            if not depth and request is not None:
                made.append((self, context))

    with mock.patch.object(Template, "render", noting):
        yield made
