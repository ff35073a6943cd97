"""The home page."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from common.http.last_search import lasting_part
from common.http.views import public_page
from pages.selectors.home import home_page


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Public. `near` in the address says from where people look; else the last search does, and for how many."""
    begun = lasting_part(request)
    asked = QueryDict(urlencode({**begun, **request.GET.dict()}))
    return render(request, "pages/home.html", home_page(request.user, asked))
