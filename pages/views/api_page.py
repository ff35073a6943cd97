"""The page about the API."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pages.selectors.api_reference import api_reference


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """Public: what the API offers, to those who write programs against it."""
    cookies = {"session": settings.SESSION_COOKIE_NAME, "csrf": settings.CSRF_COOKIE_NAME}
    return render(request, "pages/api.html", {**api_reference(), "cookies": cookies})
