"""Organisations for everybody: the list, and the page of one."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from common import clock
from common.http.htmx import render_page
from common.http.views import public_page
from organizations.filters import OrganizationPageFilter
from organizations.models import Organization
from organizations.selectors.organizations import organization_page

ROWS_A_PAGE = 20


@public_page
def organization_list(request: HttpRequest) -> HttpResponse:
    """The organisations there are today, narrowed by center, type, field of work and words of the name."""
    today = clock.today()
    there = Organization.objects.visible_to(request.user).active_on(today).in_register_order(today).with_center(today)
    filters = OrganizationPageFilter(request.GET, queryset=there, request=request)
    # A filter that isn't understood (a code that is gone) narrows nothing rather than failing the page.
    page = Paginator(filters.qs, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {"filters": filters, "page": page}
    return render_page(request, "organizations/organization_list.html", "organizations/partials/_found.html", context)


@public_page
def organization_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Public page of an organisation, with its liaison for those who work at its center."""
    visible = Organization.objects.visible_to(request.user).with_center(clock.today())
    organization = get_object_or_404(visible, pk=pk)
    return render(request, "organizations/organization_detail.html", organization_page(request.user, organization))
