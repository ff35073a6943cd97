"""A page as its view makes it, and the least it could cost: its own template with the context that the view made, canned."""

import dataclasses
import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import Template
from django.test import RequestFactory
from django.urls import resolve
from django.utils import translation
from django_htmx.middleware import HtmxDetails

LANGUAGE = "zh-hans"
_visitors = itertools.count(1)


@dataclasses.dataclass(frozen=True)
class Canned:
    """The template and the context of one answer."""

    template: Template
    context: dict[str, Any]

    def render(self, request: HttpRequest) -> str:
        return self.template.render(self.context, request)


def request(path: str) -> HttpRequest:
    """A visitor's request as the middleware hands it on, each from another address, so that no limit is met."""
    number = next(_visitors)
    made = RequestFactory(REMOTE_ADDR=f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}").get(path)
    made.user = AnonymousUser()
    made.session = {}  # type: ignore[assignment]
    made.htmx = HtmxDetails(made)  # type: ignore[attr-defined]
    made.LANGUAGE_CODE = LANGUAGE
    made.resolver_match = resolve(made.path)
    return made


def answer(path: str) -> HttpResponse:
    """What the real view answers."""
    made = request(path)
    match = made.resolver_match
    response = match.func(made, *match.args, **match.kwargs)  # type: ignore[union-attr]
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers with {response.status_code}")
    return response


def can(path: str) -> Canned:
    """Ask the view once and keep the template and context that its answer was made of; they give the same page again."""
    with _renderings() as made:
        response = answer(path)
    template, context = made[-1]
    canned = Canned(template, context)
    shown = response.content.decode()
    if abs(len(canned.render(request(path))) - len(shown)) > 200:
        raise RuntimeError(f"the canned context of {path} gives another page than its view")
    return canned


def pair(path: str) -> tuple[Callable[[], object], Callable[[], object]]:
    """Ours and the reference for one page, to be called again and again."""
    translation.activate(LANGUAGE)
    canned = can(path)
    return lambda: answer(path), lambda: HttpResponse(canned.render(request(path)))


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
