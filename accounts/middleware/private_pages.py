"""Cache headers of private pages: responses to signed-in users aren't stored by any cache.

No cache keeps it, and going back after signing out shows nothing.
"""

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers


class PrivatePagesMiddleware:
    """Middleware that marks answers to somebody signed in `private, no-store`, pages and API alike.

    Answers that say something of caching themselves stay as they are.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Asked before as well: whoever signs out with this request was somebody when it came.
        is_somebody = SESSION_KEY in request.session
        response = self.get_response(request)
        if (is_somebody or SESSION_KEY in request.session) and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response
