"""Looking for a free room at one time, over all centers."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from accounts.values.preferences import is_elder
from bookings.domain.snapshot import Snapshot
from bookings.forms.search import SearchForm
from bookings.selectors.search.page import search_page
from centers.selectors.near_choices import NearChoices
from common.http.htmx import render_page, wants_fragment
from common.http.last_search import lasting_part, remember_search
from common.http.rate_limit import limit_rate
from common.http.views import public_page


@public_page
@limit_rate("search", lambda: settings.SEARCH_RATE)
def space_search(request: HttpRequest) -> HttpResponse:
    """Public.

    What is looked for stands in the address; a search that makes no sense comes back with words at its fields.
    """
    snapshot = Snapshot.take()
    if not request.GET and (begun := _begun_with(request, snapshot)):
        return redirect(f"{request.path}?{urlencode(begun)}")
    form = SearchForm(request.GET, NearChoices(request.GET.get("near", "").strip(), snapshot))
    context: dict[str, Any] = {"form": form, "is_fragment": wants_fragment(request)}
    if form.is_valid():
        page, is_brief = request.GET.get("page"), is_elder(request.COOKIES)
        context |= search_page(form.criteria(), snapshot, form.places, request.user, page, is_brief=is_brief)
    response = render_page(request, "bookings/space_search.html", "bookings/partials/_space_results.html", context)
    if form.is_valid() and request.GET:
        remember_search(response, [*form.carried(), *form.carried_filters()])
    return response


def _begun_with(request: HttpRequest, snapshot: Snapshot) -> dict[str, str]:
    """Place and headcount of the last search, as long as they make sense."""
    begun = lasting_part(request)
    query = QueryDict(urlencode(begun))
    return begun if SearchForm(query, NearChoices(begun.get("near", ""), snapshot)).is_valid() else {}
