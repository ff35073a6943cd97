"""The week of a center."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from centers import services
from centers.forms.hours import WeeklyHoursForm
from centers.views.reach import managed_center
from common.errors import DomainError


@login_required
@require_http_methods(["GET", "POST"])
def hours_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Show and set the week; the button "inherit" gives up the center's own."""
    center = managed_center(request.user, code)
    rows = list(center.weekly_hours.all())
    form = WeeklyHoursForm(request.POST or None, initial=WeeklyHoursForm.initial_of(rows))
    if request.method == "POST" and ("inherit" in request.POST or form.is_valid()):
        try:
            services.set_weekly_hours(actor=request.user, center=center, week={} if "inherit" in request.POST else form.week)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The opening hours are saved."))
            return redirect("centers:hours_edit", code=code)
    return render(
        request, "centers/hours_edit.html", {"center": center, "form": form, "has_own": bool(rows)}, status=422 if form.errors else 200
    )
