"""The page about the API."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pages.selectors.api_reference import api_reference


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """Public: what the API offers, to those who write programs against it."""
    return render(request, "pages/api.html", api_reference())
