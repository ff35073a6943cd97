"""The home page."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from accounts.values.preferences import is_elder
from common.http.last_search import lasting_part
from common.http.views import public_page
from pages.selectors.home import elder_home_page, home_page


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Public. `near` in the address says from where people look; else the last search does, and for how many.

    In elder mode the same address has few big ways in.
    """
    begun = lasting_part(request)
    asked = QueryDict(urlencode({**begun, **request.GET.dict()}))
    if is_elder(request.COOKIES):
        return render(request, "pages/home_elder.html", elder_home_page(request.user, asked))
    return render(request, "pages/home.html", home_page(request.user, asked))
