"""Overview of the figures of a center and all below it."""

from django.http import HttpResponse

from accounts.domain.requests import SignedInRequest
from common.http.htmx import render_page
from common.http.views import private_page
from common.sheet_files import CSV_TYPE, XLSX_TYPE, csv_text, workbook
from stats.access import reach_of
from stats.choices import PeriodKind
from stats.forms.overview import SAME_CENTERS, asked
from stats.selectors.overview import overview_page
from stats.selectors.sheet import sheet_head, sheet_rows
from stats.values.periods import Period


@private_page
def sheet(request: SignedInRequest, kind: str) -> HttpResponse:
    """Figures of a period for a center and all below it, as a workbook (`xlsx`) or text (`csv`)."""
    reach, period = reach_of(request), asked(request.GET).period
    write, content_type = (workbook, XLSX_TYPE) if kind == "xlsx" else (csv_text, CSV_TYPE)
    response = HttpResponse(write(sheet_head(), sheet_rows(reach.chosen, period)), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="figures-{reach.chosen.code}-{period}.{kind}"'
    return response


@private_page
def overview(request: SignedInRequest) -> HttpResponse:
    """Figures of a center for a period: each leads to what it is made of."""
    reach, question = reach_of(request), asked(request.GET)
    period = question.period
    context = {
        "reach": reach,
        "asked": question,
        "kinds": [(kind, Period.of(kind, period.last)) for kind in PeriodKind],
        "basis": SAME_CENTERS,
        "overview": overview_page(reach.chosen, period, area=question.area, same_centers=question.same_centers),
    }
    return render_page(request, "stats/overview.html", "stats/partials/_overview.html", context)
