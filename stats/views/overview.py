"""Overview of the figures of a center and all below it."""

from django.http import HttpResponse

from accounts.domain.requests import SignedInRequest
from common.http.htmx import render_page
from common.http.views import private_page
from stats.access import reach_of
from stats.choices import PeriodKind
from stats.forms.overview import SAME_CENTERS, asked
from stats.selectors.overview import overview_page
from stats.values.periods import Period


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
