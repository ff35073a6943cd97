"""View decorators: how a view is declared, by who may come and whether a form is sent to it."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from common.http.methods import post_only

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def public_page(view: View) -> View:
    """Public page: GET and HEAD, for anybody."""
    return require_safe(view)


def public_form(view: View) -> View:
    """Public form page: GET and HEAD show the form, POST submits it, for anybody; no cache keeps the response."""
    return require_http_methods(["GET", "HEAD", "POST"])(never_cache(view))


def private_page(view: View) -> View:
    """Private page: GET and HEAD, for those who have signed in; no cache keeps the response."""
    return require_safe(never_cache(login_required(view)))


def private_form(view: View) -> View:
    """Form page.

    GET and HEAD show the form, POST submits it, for those who have signed in; no cache keeps the response.
    """
    return require_http_methods(["GET", "HEAD", "POST"])(never_cache(login_required(view)))


def private_action(view: View) -> View:
    """Form without a page of its own (a button).

    POST alone, for those who have signed in; nobody is redirected to its address.
    """
    return post_only(never_cache(login_required(view)))


def posted(request: HttpRequest) -> Any:
    """The data to bind a form to: `request.POST` of a submission, None (an unbound form) of a look at the page."""
    return request.POST if request.method == "POST" else None


__all__ = ["post_only", "posted", "private_action", "private_form", "private_page", "public_form", "public_page"]
