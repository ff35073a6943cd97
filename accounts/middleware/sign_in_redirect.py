"""Redirects to a door (signing in, a password of one's own) from what isn't a page.

That is a part that htmx fetches, or a form that is sent.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

from common.http.htmx import CHOSEN_BY, swaps_answer, wants_fragment
from common.http.next_page import SAFE_METHODS, page_of, with_next

DOORS = ("account_request_login_code", "account_login", "accounts:password")
# These lead to doors on purpose, and say themselves where it goes on from there.
ON_THE_WAY = ("account_", "accounts:", "set_language")


class SignInRedirectMiddleware:
    """Middleware that lets the door go on to the page that the person had before them.

    Htmx is told to leave that page instead of pouring the door into it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Location" not in response.headers or _is_on_the_way(request):
            return response
        location = urlsplit(response.headers["Location"])
        if location.path not in {reverse(name) for name in DOORS}:
            return response
        if wants_fragment(request) or (request.method not in SAFE_METHODS and location.query):
            response.headers["Location"] = with_next(location.path, page_of(request))
        return _for_htmx(response.headers["Location"]) if swaps_answer(request) else response


def _is_on_the_way(request: HttpRequest) -> bool:
    return bool(request.resolver_match and request.resolver_match.view_name.startswith(ON_THE_WAY))


def _for_htmx(location: str) -> HttpResponse:
    response = HttpResponseClientRedirect(location)
    # The page itself has the same address: no cache may take this for it.
    add_never_cache_headers(response)
    patch_vary_headers(response, CHOSEN_BY)
    return response
