"""Redirects to a sign-in page (or to that of one's own password) in answer to what isn't a page.

That is a fragment that htmx fetches, or a form that is sent.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

from common.http.htmx import CHOSEN_BY, swaps_answer, wants_fragment
from common.http.next_page import SAFE_METHODS, page_of, with_next

SIGN_IN_PAGES = ("account_request_login_code", "account_login", "accounts:password")
# These redirect to sign-in pages on purpose, and set the next page themselves.
EXEMPT = ("account_", "accounts:", "set_language")


class SignInRedirectMiddleware:
    """Middleware that makes the sign-in page return to the page that the person had before them.

    htmx gets a redirect of the whole page, so that the sign-in page isn't swapped into it as a fragment.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Location" not in response.headers or _is_exempt(request):
            return response
        location = urlsplit(response.headers["Location"])
        if location.path not in {reverse(name) for name in SIGN_IN_PAGES}:
            return response
        if wants_fragment(request) or (request.method not in SAFE_METHODS and location.query):
            response.headers["Location"] = with_next(location.path, page_of(request))
        return _for_htmx(response.headers["Location"]) if swaps_answer(request) else response


def _is_exempt(request: HttpRequest) -> bool:
    return bool(request.resolver_match and request.resolver_match.view_name.startswith(EXEMPT))


def _for_htmx(location: str) -> HttpResponse:
    response = HttpResponseClientRedirect(location)
    # The page itself has the same address: no cache may take this for it.
    add_never_cache_headers(response)
    patch_vary_headers(response, CHOSEN_BY)
    return response
