"""Public pages: what is counted and how, and the open figures as a page, CSV and JSON."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from common import clock
from common.http.views import public_page
from common.months import Month
from common.sheet_files import CSV_TYPE, csv_text
from stats.choices import PeriodKind
from stats.selectors.open_data import OPEN_KINDS, metrics_by_area, open_document, open_page, open_sheet
from stats.values.periods import Period
from stats.views.asked import asked_period


@public_page
def metric_list(request: HttpRequest) -> HttpResponse:
    """Every metric with its unit, its definition and where that comes from."""
    return render(request, "stats/metric_list.html", {"areas": metrics_by_area()})


@public_page
def open_detail(request: HttpRequest) -> HttpResponse:
    """The open figures of the network in a period, and apart from them what was reported in 2020."""
    return render(request, "stats/open_detail.html", open_page(_open_period(request)))


@public_page
def open_csv(request: HttpRequest) -> HttpResponse:
    """The same as text that spreadsheets open."""
    period = _open_period(request)
    response = HttpResponse(csv_text(*open_sheet(period)), content_type=CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="figures-{period}.csv"'
    return response


@public_page
def open_json(request: HttpRequest) -> HttpResponse:
    """The same for programs."""
    return JsonResponse(open_document(_open_period(request)), json_dumps_params={"ensure_ascii": False})


def _open_period(request: HttpRequest) -> Period:
    """The period that the address says, without one the last month that is over."""
    if not request.GET.get("period"):
        # The public is given a whole month first.
        return Period(PeriodKind.MONTH, Month.of(clock.today()).before)
    period = asked_period(request)
    if period.kind not in OPEN_KINDS:
        raise Http404
    return period
