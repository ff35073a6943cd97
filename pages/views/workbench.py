"""The workbench."""

from django.http import Http404, HttpRequest, HttpResponse

from centers.selectors.switcher import switcher_of
from common.http.htmx import render_page
from common.http.views import private_page
from pages.selectors.workbench import workbench_page


@private_page
def workbench(request: HttpRequest) -> HttpResponse:
    """Workbench: what is due today, for those who work at a center. The center of the rooms is in the address."""
    reach = switcher_of(request.user, request.GET.get("center", ""))
    if reach is None:
        raise Http404
    context = {**workbench_page(request.user, reach), "here": request.get_full_path()}
    return render_page(request, "pages/workbench.html", "pages/partials/_workbench.html", context)
