"""The week of a center."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from centers.access import managed_center
from centers.domain.conflicts import Conflict, conflicts_of
from centers.forms.hours import WeeklyHoursForm
from centers.selectors.hours import week_of
from centers.services.hours import set_weekly_hours
from common.http.forms import one_at_a_time, render_form, submit_form
from common.http.views import posted, private_form


@private_form
def hours_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Show the week that holds, inherited or not, and set the center's own; the button "inherit" gives that up."""
    center = managed_center(request.user, code)
    with one_at_a_time(request, "centers.hours", center.pk):
        source, rows = week_of(center)
        form = WeeklyHoursForm(posted(request), initial=WeeklyHoursForm.initial_of(rows))
        saved = submit_form(
            request,
            form,
            lambda _typed: set_weekly_hours(actor=request.user, center=center, week=form.week),
            success=lambda met: saved_words(_("The opening hours are saved."), (one.together for one in met)),
            redirect_to=reverse("centers:hours_edit", args=[code]),
        )
    if saved:
        return saved
    has_own = source is not None and source.pk == center.pk
    context = {"center": center, "source": source, "has_own": has_own, "conflicts": conflicts_of(center)}
    return render_form(request, "centers/hours_edit.html", form, context)


def saved_words(saved: str, met: Iterable[Conflict | None]) -> str:
    """Words for what was saved and what it leaves outside the hours, as the service counted it under its locks."""
    left = [conflict.words for conflict in met if conflict]
    return _("%(saved)s Now: %(left)s.") % {"saved": saved, "left": _("; ").join(left)} if left else saved
