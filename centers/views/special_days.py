"""Dates on which a center keeps other hours."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from centers.access import managed_center
from centers.domain.conflicts import Conflict, Conflicts, conflicts_of
from centers.forms.special_days import SpecialDayForm, SpecialDayRemoveForm
from centers.models import Center, SpecialDay
from centers.services import setup as services
from common import clock
from common.errors import DomainError
from common.http.methods import post_only


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def special_day_list(request: HttpRequest, code: str) -> HttpResponse:
    """The dates from today on, and a form for one more."""
    center = managed_center(request.user, code)
    form = SpecialDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        day, reason = form.cleaned_data["day"], form.cleaned_data["reason"]
        try:
            services.add_special_day(actor=request.user, center=center, day=day, times=form.times, reason=reason)
        except DomainError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("The date is saved."))
            return redirect("centers:special_day_list", code=code)
    clashes = conflicts_of(center)
    context = {"center": center, "form": form, "coming": dates_to_come(center, clashes), "clashes": clashes}
    return render(request, "centers/special_day_list.html", context, status=422 if form.errors else 200)


def dates_to_come(center: Center, clashes: list[Conflicts]) -> list[tuple[SpecialDay, list[Conflict]]]:
    """The rows from today on; with the first of each date, what lies outside the hours on it."""
    coming, told = [], set()
    for row in center.special_days.filter(day__gte=clock.today()):
        met = [one.on[row.day] for one in clashes if row.day in one.on] if row.day not in told else []
        told.add(row.day)
        coming.append((row, met))
    return coming


@login_required
@post_only
def special_day_remove(request: HttpRequest, code: str) -> HttpResponse:
    """Let a date follow the week again."""
    center = managed_center(request.user, code)
    form = SpecialDayRemoveForm(request.POST)
    if form.is_valid():
        services.remove_special_day(actor=request.user, center=center, day=form.cleaned_data["day"])
        messages.success(request, _("The date follows the week again."))
    return redirect("centers:special_day_list", code=code)
