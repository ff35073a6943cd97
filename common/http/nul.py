"""Middleware against NUL characters: PostgreSQL keeps none in its text, and fails on being asked for one."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

NUL = "\0"


class NulMiddleware:
    """Middleware: 404 for an address with a NUL; a cookie with one (`"\\000…"` gives it) is dropped.

    Stands before the sessions, which look their cookie up. Forms refuse it by themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        for name in [name for name, value in request.COOKIES.items() if NUL in value]:
            del request.COOKIES[name]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
        """Raises Http404 where an argument of the address holds one."""
        if any(NUL in str(value) for value in kwargs.values()):
            raise Http404
