"""Dates on which a center keeps other hours."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from centers.access import managed_center
from centers.domain.conflicts import Conflict, Conflicts, conflicts_of
from centers.forms.special_days import SpecialDayForm, SpecialDayRemoveForm
from centers.models import Center, SpecialDay
from centers.services.hours import add_special_day, remove_special_day
from centers.views.hours import saved_words
from common import clock
from common.http.forms import render_form, submit_action, submit_form
from common.http.views import posted, private_action, private_form


@private_form
def special_day_list(request: HttpRequest, code: str) -> HttpResponse:
    """The dates from today on, and a form for one more."""
    center = managed_center(request.user, code)
    form = SpecialDayForm(posted(request))
    saved = submit_form(
        request,
        form,
        lambda typed: add_special_day(
            actor=request.user, center=center, day=typed["day"], times=form.times, reason=typed["reason"]
        ),
        success=lambda met: saved_words(_("The date is saved."), on_day(met, form.cleaned_data["day"])),
        redirect_to=reverse("centers:special_day_list", args=[code]),
    )
    if saved:
        return saved
    conflicts = conflicts_of(center)
    context = {"center": center, "coming": dates_to_come(center, conflicts), "conflicts": conflicts}
    return render_form(request, "centers/special_day_list.html", form, context)


def dates_to_come(center: Center, conflicts: list[Conflicts]) -> list[tuple[SpecialDay, list[Conflict]]]:
    """The rows from today on; with the first of each date, what lies outside the hours on it."""
    coming, told = [], set()
    for row in center.special_days.filter(day__gte=clock.today()):
        met = [one.on[row.day] for one in conflicts if row.day in one.on] if row.day not in told else []
        told.add(row.day)
        coming.append((row, met))
    return coming


@private_action
def special_day_remove(request: HttpRequest, code: str) -> HttpResponse:
    """Let a date follow the week again."""
    center = managed_center(request.user, code)
    form = SpecialDayRemoveForm(request.POST)
    return submit_action(
        request,
        lambda typed: remove_special_day(actor=request.user, center=center, day=typed["day"]),
        form=form,
        success=lambda met: saved_words(_("The date follows the week again."), on_day(met, form.cleaned_data["day"])),
        redirect_to=reverse("centers:special_day_list", args=[code]),
    )


def on_day(met: list[Conflicts], day: dt.date) -> list[Conflict | None]:
    """Of what the hours leave outside, that of one date."""
    return [one.on.get(day) for one in met]
