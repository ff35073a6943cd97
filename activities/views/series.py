"""Holding an activity again on many days: the dates are looked at beforehand, then made."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import ngettext

from accounts.domain.requests import SignedInRequest
from activities.access import led_activity
from activities.forms.series import DatesForm, RepeatQuery
from activities.models import Activity
from activities.selectors.series import date_options, standing_dates
from activities.services.series import repeat_activity
from bookings.models import Space
from common.http.forms import render_form, submit_form
from common.http.views import posted, private_form


@private_form
def series_create(request: SignedInRequest, reference: str) -> HttpResponse:
    """Dates by a rule (GET, the rule in the address), with what stands against each; those ticked are made (POST)."""
    activity = led_activity(request.user, reference)
    rooms = Space.objects.public().filter(center=activity.center_id).order_by("name")
    query = RepeatQuery(request.GET if "rule" in request.GET else None, rooms=rooms, initial=usual_query(activity))
    asked = query.asked()
    form = DatesForm(posted(request), options=date_options(activity, **asked))
    done = submit_form(
        request,
        form,
        lambda data: repeat_activity(
            actor=request.user, activity=activity, rule=asked["rule"], days=data["days"], space=asked["space"]
        ),
        success=made_words,
        redirect_to=activity.get_desk_url(),
    )
    context = {"activity": activity, "center": activity.center, "query": query, "dates": standing_dates(activity)}
    return done or render_form(request, "activities/series_create.html", form, context)


def usual_query(activity: Activity) -> dict[str, Any]:
    """Initial data of the query: the rule of its series, the room of its booking."""
    rule = {"rule": activity.series.rule} if activity.series else {}
    return {**rule, "space": activity.booking.space if activity.booking else None}


def made_words(made: list[Activity]) -> str:
    """Number of dates that were made; nothing where they stood already."""
    return ngettext("{n} date made.", "{n} dates made.", len(made)).format(n=len(made)) if made else ""
