"""First passwords: who was given one must replace it before anything else.

Until then a manager could act as the person they entered.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from rest_framework.views import APIView

from accounts.exceptions import OwnPasswordNeeded
from common.api.problems import refusal_page
from common.http import next_page

PAGE = "accounts:password"
# Needed before a new password is set: signing out, and reading the page.
ALLOWED = (PAGE, "account_logout", "accounts:signed_out", "accounts:elder_mode", "set_language")


class OwnPasswordMiddleware:
    """Middleware that leads from every page to the one where the password is replaced, and on from there.

    The API refuses with `own_password_needed`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Django's hook between finding the view and calling it: addresses that don't exist stay not found."""
        if not getattr(request.user, "must_set_password", False) or _name(request) in ALLOWED:
            return None
        if issubclass(getattr(view, "cls", type(None)), APIView):
            return refusal_page(OwnPasswordNeeded())
        # What was sent to another address can't be sent again by going there.
        target = request.get_full_path() if request.method in next_page.SAFE_METHODS else ""
        return HttpResponseRedirect(next_page.with_next(reverse(PAGE), target))


def _name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""
