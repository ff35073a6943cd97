"""The one search over all that the portal has."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from centers.selectors.near_choices import NearChoices
from common.http.htmx import render_page, wants_fragment
from common.http.last_search import lasting_part
from common.http.rate_limit import limit_rate
from common.http.views import public_page
from pages.forms.find import FindForm
from pages.selectors.find import find_page, found_words


@public_page
@limit_rate("find", lambda: settings.SEARCH_RATE)
def find(request: HttpRequest) -> HttpResponse:
    """Public. Words in `q`; `kind` for a page of all of one kind. Words that are too long come back saying so."""
    form = FindForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    places = NearChoices(lasting_part(request).get("near", ""))
    found = find_page(words, request.GET.get("kind", ""), places, request.GET.get("page"))
    title = found_words(found["count"]) if words else _("Find anything")
    context = {"form": form, "title": title, "is_fragment": wants_fragment(request), **found}
    return render_page(request, "pages/find.html", "pages/partials/_found_all.html", context)
