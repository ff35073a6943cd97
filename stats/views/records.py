"""Pages of what a figure is made of: centers right below, then records; and of its explanation."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from accounts.domain.requests import SignedInRequest
from centers.models import Center
from common.http.views import private_page
from common.sheet_files import CSV_TYPE, csv_text
from stats.domain.metrics import Metric, Total
from stats.selectors.counted import counted_at
from stats.selectors.explain import explain
from stats.selectors.parts import parts_of, path_to
from stats.selectors.records import parts_sheet, record_rows, records_of, records_sheet, sum_of
from stats.values.periods import Period
from stats.views.asked import asked_center, asked_metric, asked_period

ROWS_A_PAGE = 50
LIST = "stats/record_list.html"


@private_page
def record_list(request: SignedInRequest, metric: str) -> HttpResponse:
    """Parts of an additive figure: the centers right below, or with `own` and at the lowest ones the records."""
    chosen, period = asked_metric(metric), asked_period(request)
    center = asked_center(request)
    if not chosen.is_additive:
        # Such a figure isn't a sum of anything: how it was counted is explained.
        return redirect(f"{reverse('stats:explain_detail', args=[chosen.code])}?{_query(center, period)}")
    parts = parts_of(chosen, center.pk, period, request.user)
    context = {
        **_head(request, chosen, center, period),
        "parts": parts,
        "is_own": not parts.below or "own" in request.GET,
        "counted_at": counted_at(period),
    }
    is_sheet = request.GET.get("format") == "csv"
    name = f"{chosen.code}-{center.code}-{period}.csv"
    if not context["is_own"] or not isinstance(chosen, Total):
        return _csv(name, *parts_sheet(chosen, parts)) if is_sheet else render(request, LIST, context)
    records = records_of(chosen, center.pk, period)
    if is_sheet:
        return _csv(name, *records_sheet(chosen, records))
    page = Paginator(records, ROWS_A_PAGE).get_page(request.GET.get("page"))
    rows = list(record_rows(chosen, page.object_list))
    return render(request, LIST, {**context, "page": page, "rows": rows, "live": sum_of(records)})


@private_page
def explain_detail(request: SignedInRequest, metric: str) -> HttpResponse:
    """Why a figure is what it is: its parts, definition, version, query, and when it was last counted."""
    chosen, period = asked_metric(metric), asked_period(request)
    center = asked_center(request)
    explained = explain(chosen, center, period, request.user)
    context = {**_head(request, chosen, center, period), "explained": explained, "parts": explained.parts}
    return render(request, "stats/explain_detail.html", context)


def _head(request: SignedInRequest, metric: Metric, center: Center, period: Period) -> dict[str, Any]:
    """Context of both pages: where they stand."""
    return {
        "metric": metric,
        "center": center,
        "period": period,
        "query": _query(center, period),
        "path": path_to(center, period, request.user),
    }


def _query(center: Center, period: Period) -> str:
    return urlencode({"center": center.code, "period": str(period)})


def _csv(name: str, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> HttpResponse:
    response = HttpResponse(csv_text(head, rows), content_type=CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
