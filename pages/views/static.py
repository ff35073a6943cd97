"""Pages that are words alone, and the answer that says the portal is up."""

from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from common.http.views import public_page


@public_page
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about.html")


@public_page
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html", {"idle_account_months": settings.IDLE_ACCOUNT_MONTHS})


@public_page
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@public_page
def site_map(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/site_map.html")


@public_page
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the database answers; an error otherwise. Says nothing else, whoever asks."""
    row: Any
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        row = cursor.fetchone()
    return HttpResponse("ok" if row else "", content_type="text/plain; charset=utf-8")
