"""Activities for everybody: the week's list, the page of one, its calendar file."""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from activities.choices import Audience, Relation
from activities.filters import PublicActivityFilter
from activities.forms.sign_ups import JoinForm
from activities.models import Activity
from activities.querysets import ActivityQuerySet
from activities.selectors.calendar import activity_event
from activities.selectors.detail import PersonOption, activity_page, person_options, usual_choice
from activities.selectors.listing import Asked, state_between, week_page, week_title
from activities.selectors.rows import for_rows, has_sign_ups_between
from centers.access import Viewer
from centers.selectors.near_choices import NearChoices
from common import clock
from common.calendar_files import calendar_response
from common.forms.validators import within_bounds
from common.forms.widgets import NamesSelect
from common.http.drafts import take_lists
from common.http.fragments import kept_fragment
from common.http.htmx import as_fragment, as_page, wants_fragment
from common.http.last_search import last_search, lasting_part, remember_search
from common.http.views import public_page

# What the form of place and words leaves as it is.
OFTEN_ASKED = dt.timedelta(weeks=5)
CARRIED = ("audience", "free", "kind", "theme", "campaign")


class WeekQuery(forms.Form):
    """Query of the list; anything the address says wrongly is as if it weren't there."""

    week = forms.DateField(input_formats=["%Y-%m-%d"], validators=[within_bounds], required=False)
    day = forms.DateField(input_formats=["%Y-%m-%d"], validators=[within_bounds], required=False)

    def asked(self, page: str | None) -> Asked:
        """The days to show; a week holds its day."""
        self.is_valid()
        first, day = self.cleaned_data.get("week"), self.cleaned_data.get("day")
        first = first or day or clock.today()
        is_inside = day is not None and 0 <= (day - first).days < len(Asked(first).days)
        return Asked(first if is_inside or day is None else day, day, page)


@public_page
def activity_list(request: HttpRequest) -> HttpResponse:
    """Public. A week of activities by day; near the center of the last search unless the address says another."""
    said = request.GET.get("near")
    near = lasting_part(request).get("near", "") if said is None else said.strip()
    places = NearChoices(near)
    asked = WeekQuery(request.GET).asked(request.GET.get("page"))
    week = week_html(request, asked, places)
    if wants_fragment(request):
        response = as_fragment(HttpResponse(week))
    else:
        response = as_page(render(request, "activities/activity_list.html", {"title": week_title(asked), "week": week}))
    if said is not None and places.chosen:
        kept = [(name, value) for name, value in last_search(request) if name != "near"]
        remember_search(response, [*kept, ("near", places.chosen.code)])
    return response


def week_html(request: HttpRequest, asked: Asked, places: NearChoices) -> SafeString:
    """The week with its filters. Kept under its activities' state for those who have nobody signed up in it."""

    def build() -> str:
        filters = PublicActivityFilter(request.GET, Activity.objects.public(), places=places)
        context = {
            **week_page(request.user, filters.qs, asked, request.GET, filters.chosen, places),
            "places": places,
            "q": filters.chosen.get("q", ""),
            "near_select": near_select(places),
            "carried": [(name, value) for name, value in request.GET.items() if name in CARRIED],
            "is_fragment": wants_fragment(request),
        }
        return render_to_string("activities/partials/_activity_week.html", context, request)

    start, end = asked.span
    if not is_often_asked(asked, request.GET) or has_sign_ups_between(request.user, start, end):
        return mark_safe(build())  # noqa: S308 (rendered by a template)
    state = state_between(start, end)
    chosen = places.chosen.code if places.chosen else ""
    depends_on = (sorted(request.GET.lists()), chosen, wants_fragment(request), places.snapshot.network, state)
    return kept_fragment("week", depends_on, build)


def is_often_asked(asked: Asked, query: QueryDict) -> bool:
    """Whether others are likely to ask for the same: one of the next weeks, without words of one's own."""
    return not query.get("q") and dt.timedelta() <= asked.first - clock.today() <= OFTEN_ASKED


def near_select(places: NearChoices) -> str:
    """The select of centers, with the one chosen."""
    chosen = places.chosen.code if places.chosen else ""
    return NamesSelect({"id": "id_near"}, choices=places.options(_("Anywhere"))).render("near", chosen)


@public_page
def activity_detail(request: HttpRequest, reference: str) -> HttpResponse:
    """Public. Who has signed in chooses who comes, on the same page."""
    activity = shown_activity(request.user, reference)
    options = person_options(request.user, activity)
    return render(request, "activities/activity_detail.html", detail_context(request, activity, options))


@public_page
def activity_calendar(request: HttpRequest, reference: str) -> HttpResponse:
    """Public. The activity as a file for one's calendar."""
    activity = shown_activity(request.user, reference, with_events=True)
    return calendar_response(activity_event(activity, request.build_absolute_uri), activity.reference)


def shown_activity(user: Viewer, reference: str, *, with_events: bool = False) -> Activity:
    """The activity with all that its page says, as far as this person may see it."""
    visible: ActivityQuerySet = for_rows(Activity.objects.visible_to(user))
    return get_object_or_404(visible.prefetch_related("events") if with_events else visible, reference=reference)


def detail_context(
    request: HttpRequest, activity: Activity, options: list[PersonOption], form: JoinForm | None = None
) -> dict[str, Any]:
    """Context of the page, with the form as it was sent, or as it begins."""
    form = form or unsent_form(
        request, activity, options, reverse("activities:sign_up_create", args=[activity.reference])
    )
    return {**activity_page(request.user, activity, options), "form": form}


def unsent_form(request: HttpRequest, activity: Activity, options: list[PersonOption], sent_to: str) -> JoinForm:
    """The form as it begins; with what was typed, where it was sent to `sent_to` after the session had ended."""
    typed = take_lists(request, sent_to) if request.user.is_authenticated else {}
    initial = JoinForm.typed(typed) if typed else first_answers(request.user, activity, options)
    return JoinForm(activity=activity, options=options, initial=initial)


def first_answers(user: Viewer, activity: Activity, options: list[PersonOption]) -> dict[str, Any]:
    """Answers that the form begins with: the usual choice, or one's own name where nobody is known yet."""
    is_for_children = activity.audience == Audience.CHILDREN
    name = user.name if user.is_authenticated and not options and not is_for_children else ""
    relation = Relation.CHILD if is_for_children or options else Relation.SELF
    return {"people": usual_choice(activity, options), "name": name, "relation": relation}
