"""The public list of centers."""

from django.http import HttpRequest, HttpResponse

from centers.filters import CenterFilter
from centers.models import Center
from centers.selectors.network import network
from common.http.htmx import render_page
from common.http.views import public_page


@public_page
def center_list(request: HttpRequest) -> HttpResponse:
    """The network in folds, narrowed by name, part and "open now"."""
    public = Center.objects.public().select_related("level").in_register_order()
    filters = CenterFilter(request.GET, queryset=public, request=request)
    # A filter that isn't understood (a code that is gone) narrows nothing rather than failing the page.
    chosen = filters.form.cleaned_data if filters.is_valid() else {}
    shown = set(filters.qs.values_list("pk", flat=True))
    page = network(
        list(public),
        filters.states,
        shown,
        focus=chosen.get("under"),
        narrowed=bool(chosen.get("q") or chosen.get("open_now") or chosen.get("open_tonight") or chosen.get("level")),
        searched=bool(chosen.get("q")),
        parent_of={center.id: center.parent_id for center in filters.snapshot.centers},
    )
    is_all = not (chosen.get("open_now") or chosen.get("open_tonight"))
    context = {"filters": filters, "network": page, "chosen": chosen, "is_all": is_all}
    return render_page(request, "centers/center_list.html", "centers/partials/_network.html", context)
