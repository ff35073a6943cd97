"""One address, one view, one context: htmx gets the fragment, everybody else the page around it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

# All that the choice depends on; without them a browser going back may show a fragment from its cache as a page.
CHOSEN_BY = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")
# Marks a fragment, so that js/portal.js lets htmx swap it in whatever its status; any other error is said aloud.
FRAGMENT_HEADER = "Portal-Fragment"


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx will put the answer into a page that stands.

    Boosted links and restored history need the whole page.
    """
    details: Any = getattr(request, "htmx", None)  # set by django_htmx.middleware
    return bool(details) and not details.boosted and not details.history_restore_request


def swaps_answer(request: HttpRequest) -> bool:
    """Whether htmx itself reads the answer, and would follow a redirect unseen.

    All it asks for but a page restored from history.
    """
    details: Any = getattr(request, "htmx", None)
    return bool(details) and not details.history_restore_request


def render_page(
    request: HttpRequest, template: str, partial: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render `partial` for htmx and `template` (which includes it) for browsers, from the same context."""
    if wants_fragment(request):
        return render_fragment(request, partial, context, status=status)
    return as_page(render(request, template, dict(context or {}), status=status))


def render_fragment(
    request: HttpRequest, partial: str, context: Mapping[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Render `partial` for htmx, which puts it into the page that stands, a refusal as well as a success."""
    return as_fragment(render(request, partial, dict(context or {}), status=status))


def as_page(response: HttpResponse) -> HttpResponse:
    """The response, marked as the whole page of an address that has a fragment too."""
    patch_vary_headers(response, CHOSEN_BY)
    return response


def as_fragment(response: HttpResponse) -> HttpResponse:
    """The response, marked as a fragment that htmx puts into the page that stands."""
    response.headers[FRAGMENT_HEADER] = "true"
    return as_page(response)
