"""Looking for a free room at one time, over all centers."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django_ratelimit.core import is_ratelimited

from bookings.domain.snapshot import Snapshot
from bookings.forms.search import SearchForm
from bookings.selectors.search.page import search_page
from centers.selectors.near_choices import NearChoices
from common.http.htmx import render_page, wants_fragment
from common.http.last_search import lasting_part, remember_search
from common.http.views import public_page

A_MINUTE = "60"


@public_page
def space_search(request: HttpRequest) -> HttpResponse:
    """Public. What is looked for stands in the address; a search that makes no sense comes back with words at its fields."""
    if is_ratelimited(
        request, group="search", key="ip", rate=lambda _group, _request: settings.SEARCH_RATE, increment=True
    ):
        return _too_many(request)
    snapshot = Snapshot.take()
    if not request.GET and (begun := _begun_with(request, snapshot)):
        return redirect(f"{request.path}?{urlencode(begun)}")
    form = SearchForm(request.GET, NearChoices(request.GET.get("near", "").strip(), snapshot))
    context: dict[str, Any] = {"form": form, "is_fragment": wants_fragment(request)}
    if form.is_valid():
        context |= search_page(form.criteria(), snapshot, form.places, request.user, request.GET.get("page"))
    response = render_page(request, "bookings/space_search.html", "bookings/partials/_space_results.html", context)
    if form.is_valid() and request.GET:
        remember_search(response, [*form.carried(), *form.carried_filters()])
    return response


def _begun_with(request: HttpRequest, snapshot: Snapshot) -> dict[str, str]:
    """Place and headcount of the last search, as long as they make sense."""
    begun = lasting_part(request)
    query = QueryDict(urlencode(begun))
    return begun if SearchForm(query, NearChoices(begun.get("near", ""), snapshot)).is_valid() else {}


def _too_many(request: HttpRequest) -> HttpResponse:
    """The page that says so, also for htmx: it shows no fragment that comes with an error, so it is sent to the page."""
    if wants_fragment(request):
        return HttpResponse(
            status=429,
            headers={
                "Retry-After": A_MINUTE,
                "HX-Redirect": f"{reverse('bookings:space_search')}?{request.GET.urlencode()}",
            },
        )
    response = render(request, "429.html", status=429)
    response["Retry-After"] = A_MINUTE
    return response
