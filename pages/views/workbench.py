"""The workbench, the list of a day for the door, what is found, and the rest of the work menu on a phone."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.domain.requests import SignedInRequest
from centers.access import has_any_role
from centers.selectors.switcher import CenterSwitcher, switcher_of
from common import clock
from common.http.htmx import render_page
from common.http.views import private_page
from common.navigation import set_count
from pages.forms.network import DayForm
from pages.selectors.lookup import found_page
from pages.selectors.workbench import day_at, workbench_page


@private_page
def workbench(request: SignedInRequest) -> HttpResponse:
    """Workbench: what is due, for those who work at a center. The center and the day are in the address."""
    reach = reach_of(request)
    context = {**workbench_page(request.user, reach, day_of(request)), "here": request.get_full_path()}
    set_count(request, "waiting", context["waiting"])
    set_count(request, "unrecorded", context["to_record_count"])
    return render_page(request, "pages/workbench.html", "pages/partials/_workbench.html", context)


@private_page
def day_list(request: SignedInRequest) -> HttpResponse:
    """List of one center's day to print for its door: times, rooms and what for, and nobody's name."""
    reach, day = reach_of(request), day_of(request)
    today = day_at(reach.chosen, day, request.user)
    rows = [*today.agenda.ended, *today.agenda.before_now, *today.agenda.after_now]
    context = {"reach": reach, "center": reach.chosen, "day": day, "rows": [row for row in rows if not row.waits]}
    return render(request, "pages/day_list.html", context)


@private_page
def lookup(request: SignedInRequest) -> HttpResponse:
    """Bookings and sign-ups by number, name or phone, at the centers one works for."""
    if not has_any_role(request.user):
        raise Http404
    context = {**found_page(request.user, request.GET.get("q", "")), "here": request.get_full_path()}
    return render(request, "pages/lookup.html", context)


@private_page
def more(request: SignedInRequest) -> HttpResponse:
    """Menu of what a phone's tab bar has no room for."""
    if not has_any_role(request.user):
        raise Http404
    return render(request, "pages/more.html")


def reach_of(request: SignedInRequest) -> CenterSwitcher:
    """The centers the person works for, looking at the one in the address; for others there is no such page."""
    reach = switcher_of(request.user, request.GET.get("center", ""))
    if reach is None:
        raise Http404
    return reach


def day_of(request: HttpRequest) -> dt.date:
    """The day in the address; today where it makes no sense."""
    form = DayForm(request.GET)
    return (form.cleaned_data["day"] if form.is_valid() else None) or clock.today()
