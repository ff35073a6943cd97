"""Idle limit of staff sessions: half an hour without a request signs the person out.

等保 level 2 asks for a limit; its length is ours. Residents stay signed in for SESSION_COOKIE_AGE on their own phone.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.domain import idle_session

# A session is written at most this often, not with every click.
NOTED_EVERY_SECONDS = 60


class StaffIdleMiddleware:
    """Middleware that ends the session of staff who were idle for STAFF_IDLE_SECONDS.

    A page that needs somebody then leads to the staff's own sign-in page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        idle = idle_session.idle_seconds(request.session)
        if idle is None:
            return self.get_response(request)
        if idle <= settings.STAFF_IDLE_SECONDS:
            if idle >= NOTED_EVERY_SECONDS:
                idle_session.begin(request.session)
            return self.get_response(request)
        logout(request)
        messages.warning(request, _("Session expired. Please sign in again."))
        return _to_staff_sign_in(self.get_response(request))


def _to_staff_sign_in(response: HttpResponse) -> HttpResponse:
    """Redirect to the staff sign-in page where the response redirects to the residents'."""
    location, sign_in = response.headers.get("Location", ""), resolve_url(settings.LOGIN_URL)
    if location.split("?")[0] == sign_in:
        response.headers["Location"] = reverse("account_login") + location.removeprefix(sign_in)
    return response
