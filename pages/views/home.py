"""The home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pages.selectors.home import home_page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Public. `near` in the address says from where people look."""
    return render(request, "pages/home.html", home_page(request.GET))
