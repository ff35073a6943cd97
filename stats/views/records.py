"""What a figure is made of: centers right below, then records; and its explanation."""

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
from stats.access import figured_center
from stats.domain.metrics import Metric, Total
from stats.domain.words import period_words
from stats.selectors.explain import explain
from stats.selectors.node_figures import counted_at
from stats.selectors.parts import parts_of, path_to
from stats.selectors.records import parts_sheet, record_rows, records_of, records_sheet, sum_of
from stats.values.periods import Period
from stats.views.asked import asked_metric, asked_period

ROWS_A_PAGE = 50


@private_page
def record_list(request: SignedInRequest, code: str) -> HttpResponse:
    """What an additive figure is made of: the centers right below, or with `own` and at the lowest ones the records."""
    metric, period = asked_metric(code), asked_period(request)
    center = figured_center(request.user, request.GET.get("center", ""))
    if not metric.is_additive:
        # Such a figure isn't a sum of anything: how it was counted is explained.
        return redirect(f"{reverse('stats:explain_detail', args=[code])}?{_query(center, period)}")
    parts = parts_of(metric, center.pk, period, request.user)
    is_own = not parts.below or "own" in request.GET
    records = records_of(metric, center.pk, period) if is_own and isinstance(metric, Total) else None
    if request.GET.get("format") == "csv":
        head, rows = parts_sheet(metric, parts) if records is None else records_sheet(metric, records)
        return _csv(f"{metric.code}-{center.code}-{period}.csv", head, rows)
    context = {
        **_head(request, metric, center, period),
        "parts": parts,
        "is_own": is_own,
        "counted_at": counted_at(period),
    }
    if records is not None:
        page = Paginator(records, ROWS_A_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "rows": list(record_rows(metric, page.object_list)), "live": sum_of(records)}
    return render(request, "stats/record_list.html", context)


@private_page
def explain_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """Why a figure is what it is: its parts, definition, version, query, and when it was last counted."""
    metric, period = asked_metric(code), asked_period(request)
    center = figured_center(request.user, request.GET.get("center", ""))
    explained = explain(metric, center, period, request.user)
    context = {**_head(request, metric, center, period), "explained": explained, "parts": explained.parts}
    return render(request, "stats/explain_detail.html", context)


def _head(request: SignedInRequest, metric: Metric, center: Center, period: Period) -> dict[str, Any]:
    """What both pages say of where they stand."""
    return {
        "metric": metric,
        "center": center,
        "period": period,
        "period_words": period_words(period),
        "query": _query(center, period),
        "path": path_to(center, period, request.user),
    }


def _query(center: Center, period: Period) -> str:
    return urlencode({"center": center.code, "period": str(period)})


def _csv(name: str, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> HttpResponse:
    response = HttpResponse(csv_text(head, rows), content_type=CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
