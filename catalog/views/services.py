"""Services for everybody: the list, and the page of one."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from catalog.filters import ServiceFilter
from catalog.forms.place import PlaceForm
from catalog.models import Service
from catalog.selectors.page import service_page
from centers.models import Center
from common import clock
from common.http.htmx import render_page
from common.http.views import public_page

ROWS_A_PAGE = 20


@public_page
def service_list(request: HttpRequest) -> HttpResponse:
    """Services by function, audience and words; of one center in its own words."""
    offered = Service.objects.offered().select_related("center").in_order()
    # A filter that isn't understood (a code that is gone) narrows nothing rather than failing the page.
    filters = ServiceFilter(request.GET, queryset=offered, request=request)
    page = Paginator(filters.qs, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "offers": [filters.offer_of(service) for service in page.object_list],
        "center": filters.chosen.get("center"),
        "is_narrowed": any(filters.chosen.values()),
    }
    return render_page(request, "catalog/service_list.html", "catalog/partials/_services.html", context)


@public_page
def service_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Public; one that isn't offered at present says so. `?center=` shows it as that center does it."""
    service = get_object_or_404(Service.objects.visible_to(request.user).select_related("center__level"), pk=pk)
    below = Center.objects.public().under([service.center_id], clock.today()).in_register_order()
    form = PlaceForm(request.GET, centers=below)
    context = {"form": form, **service_page(request.user, service, form.chosen)}
    return render(request, "catalog/service_detail.html", context)
