"""The week of a center."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from centers.access import managed_center
from centers.domain.conflicts import conflicts_of
from centers.forms.hours import WeeklyHoursForm
from centers.selectors import setup
from centers.services import setup as services
from common.errors import DomainError


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hours_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Show the week that holds, inherited or not, and set the center's own; the button "inherit" gives that up."""
    center = managed_center(request.user, code)
    source, rows = setup.week_of(center)
    form = WeeklyHoursForm(request.POST or None, initial=WeeklyHoursForm.initial_of(rows))
    if request.method == "POST" and ("inherit" in request.POST or form.is_valid()):
        try:
            services.set_weekly_hours(
                actor=request.user, center=center, week={} if "inherit" in request.POST else form.week
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The opening hours are saved."))
            return redirect("centers:hours_edit", code=code)
    has_own = source is not None and source.pk == center.pk
    context = {"center": center, "form": form, "source": source, "has_own": has_own, "clashes": conflicts_of(center)}
    return render(request, "centers/hours_edit.html", context, status=422 if form.errors else 200)
