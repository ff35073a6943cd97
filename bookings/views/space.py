"""The page of one space: pick a slot."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from bookings.choices import Purpose
from bookings.domain.happenings import happenings_in
from bookings.forms.booking import SlotForm
from bookings.models import Space
from bookings.selectors.space.page import notice_words, space_page
from bookings.values.limits import LARGEST_HEADCOUNT
from bookings.values.slots import SLOT_FORMAT
from common import clock
from common.http.htmx import render_page
from common.http.last_search import LASTING, last_search
from common.http.views import public_page

USUAL_HEADCOUNT = 10


class SpaceQuery(forms.Form):
    """Query of the page; anything the address says wrongly is as if it weren't there."""

    starts_at = forms.DateTimeField(input_formats=[SLOT_FORMAT], required=False)
    ends_at = forms.DateTimeField(input_formats=[SLOT_FORMAT], required=False)
    week = forms.DateField(input_formats=["%Y-%m-%d"], required=False)
    day = forms.DateField(input_formats=["%Y-%m-%d"], required=False)
    headcount = forms.IntegerField(min_value=1, max_value=LARGEST_HEADCOUNT, required=False)
    purpose = forms.ChoiceField(choices=Purpose.choices, required=False)


def _results_query(request: HttpRequest) -> str:
    """Query of the results that the person comes from, without what is past; empty where nothing was looked for."""
    query = last_search(request)
    is_past = dict(query).get("day", "") < clock.today().isoformat()
    kept = [(name, value) for name, value in query if not is_past or name in LASTING]
    return urlencode(kept)


@public_page
def space_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Public. The chosen slot, if any, stands in the address; nothing is held."""
    space = get_object_or_404(Space.objects.visible_to(request.user).select_related("center"), pk=pk)
    query = SpaceQuery(request.GET)
    query.is_valid()
    context = space_page(space, query.cleaned_data)
    headcount = query.cleaned_data.get("headcount") or min(USUAL_HEADCOUNT, space.capacity)
    purpose = query.cleaned_data.get("purpose") or Purpose.RESIDENTS_MEETING
    context["form"] = SlotForm(initial={"headcount": headcount, "purpose": purpose})
    context["form"].fields["headcount"].widget.attrs["max"] = space.capacity
    context["notices"] = notice_words(context["policy"])
    context["happenings"] = happenings_in(space)
    context["results_query"] = _results_query(request)
    return render_page(request, "bookings/space_detail.html", "bookings/partials/_space_detail.html", context)
