"""Sign-in pages, and the target (`next`) that each passes on to the next."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from common.http.next_page import next_of, with_next

SIGN_IN_PAGES = ("account_login", "account_request_login_code", "account_confirm_login_code")


def is_sign_in_page(url: str) -> bool:
    """Whether `url` is a page of signing in or out, which is no place to go on to: it would lead back to itself."""
    return urlsplit(url).path in {reverse(name) for name in (*SIGN_IN_PAGES, "account_logout")}


def target_of(request: HttpRequest) -> str:
    """The page to go on to after signing in; empty where none was named, or only a page of signing in."""
    target = next_of(request)
    return "" if is_sign_in_page(target) else target


def keep_next(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Add the target to a redirect from one sign-in page to another; allauth's own don't always."""
    location = response.headers.get("Location", "")
    if urlsplit(location).path in {reverse(name) for name in SIGN_IN_PAGES}:
        response.headers["Location"] = with_next(location, target_of(request))
    return response
