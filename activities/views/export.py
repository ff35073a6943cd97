"""The list of activities of those who lead them, as a sheet: what the filter shows."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import Http404, HttpResponse

from accounts.domain.requests import SignedInRequest
from activities.filters import OPEN, LedActivityFilter
from activities.selectors import workbench
from activities.selectors.export import exported
from centers.selectors.switcher import switcher_of
from common import clock
from common.http.views import private_page
from common.sheets import writing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = "活动台账"


@private_page
def manage_export_workbook(request: SignedInRequest) -> HttpResponse:
    """The list as xlsx."""
    return _file(request, lambda rows: writing.workbook(SHEET, rows), XLSX, "xlsx")


@private_page
def manage_export_text(request: SignedInRequest) -> HttpResponse:
    """The list as CSV, in UTF-8 with the mark that Excel looks for."""
    return _file(request, writing.text, "text/csv; charset=utf-8", "csv")


def _file(
    request: SignedInRequest, write: Callable[[Iterable[Sequence[Any]]], bytes], content_type: str, suffix: str
) -> HttpResponse:
    if switcher_of(request.user) is None:
        raise Http404
    asked = request.GET if "state" in request.GET else {"state": OPEN, **request.GET.dict()}
    found = LedActivityFilter(asked, queryset=workbench.led_by(request.user))
    response = HttpResponse(write(exported(found.qs)), content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="activities-{clock.today()}.{suffix}"'
    return response
