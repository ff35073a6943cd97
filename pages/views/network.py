"""The network below a center, for those who work above: figures of today, and the centers with what they lack."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from accounts.domain.requests import SignedInRequest
from bookings.permissions import can_manage_spaces
from common import clock
from common.http.htmx import render_page
from common.http.views import private_page
from common.sheet_files import CSV_TYPE, XLSX_TYPE, csv_text, workbook
from pages.forms.network import CentersForm
from pages.selectors.network import network_page
from pages.selectors.network_centers import center_rows, centers_below, columns, open_states, sheet_head, sheet_rows
from pages.views.workbench import reach_of

ROWS_A_PAGE = 50


@private_page
def network_overview(request: SignedInRequest) -> HttpResponse:
    """The network below one center, by part: each figure leads to the list it was counted from."""
    reach = reach_of(request)
    context = {"reach": reach, "day": clock.today(), "network": network_page(reach.chosen)}
    return render(request, "pages/network_overview.html", context)


@private_page
def network_centers(request: SignedInRequest) -> HttpResponse:
    """The centers below one, with their set-up state; filtered, and in the order that the address says."""
    reach, states, form = reach_of(request), open_states(), CentersForm(request.GET)
    found = centers_below(reach.chosen, form.asked, states)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "reach": reach,
        "form": form,
        "page": page,
        "columns": columns(form.asked.get("sort", "")),
        "rows": center_rows(page.object_list, states, can_manage=can_manage_spaces(request.user, reach.chosen)),
    }
    return render_page(request, "pages/network_centers.html", "pages/partials/_network_centers.html", context)


@private_page
def network_sheet(request: SignedInRequest, kind: str) -> HttpResponse:
    """The same list as a sheet: a workbook (`xlsx`) or text (`csv`)."""
    reach, states, form = reach_of(request), open_states(), CentersForm(request.GET)
    rows = sheet_rows(centers_below(reach.chosen, form.asked, states), states)
    write, content_type = (workbook, XLSX_TYPE) if kind == "xlsx" else (csv_text, CSV_TYPE)
    response = HttpResponse(write(sheet_head(), rows), content_type=content_type)
    name = f"centers-{reach.chosen.code}-{clock.today()}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
