"""The page about the API."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from common.http.views import public_page
from pages.selectors.api_reference import api_reference


@public_page
def api_docs(request: HttpRequest) -> HttpResponse:
    """Public: what the API offers, to those who write programs against it."""
    cookies = {"session": settings.SESSION_COOKIE_NAME, "csrf": settings.CSRF_COOKIE_NAME}
    return render(request, "pages/api.html", {**api_reference(), "cookies": cookies})
