"""Sign-in pages, and the target (`next`) that each passes on to the next."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from common.http.next_page import next_of, with_next

SIGN_IN_PAGES = ("account_login", "account_request_login_code", "account_confirm_login_code")


def keep_next(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Add the target to a redirect from one sign-in page to another; allauth's own don't always."""
    location = response.headers.get("Location", "")
    if urlsplit(location).path in {reverse(name) for name in SIGN_IN_PAGES}:
        response.headers["Location"] = with_next(location, next_of(request))
    return response
