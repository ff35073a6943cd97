"""Codes to rate by, as staff show or print them, and the start of a tablet."""

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.domain.requests import SignedInRequest
from activities.access import led_activity
from bookings.models import Booking
from common.http.views import private_form, private_page
from ratings.access import reach_of, working_center
from ratings.domain.subjects import Subject
from ratings.selectors.giving import rating_page
from ratings.values.tokens import Kind, Token, tablet_token


@private_page
def code_center(request: SignedInRequest) -> HttpResponse:
    """The sheet for a center's counter: `center` in the address, else one's first. Made to be printed."""
    reach = reach_of(request.user, request.GET.get("center", ""))
    context = {"reach": reach, **_code_page(Subject(reach.chosen), Token(Kind.CENTER, reach.chosen.code))}
    return render(request, "ratings/code_sheet.html", context)


@private_page
def code_activity(request: SignedInRequest, reference: str) -> HttpResponse:
    """The sheet of an activity, to be shown at its end or printed for the wall."""
    activity = led_activity(request.user, reference)
    page = _code_page(Subject(activity.center, activity), Token(Kind.ACTIVITY, activity.reference))
    return render(request, "ratings/code_sheet.html", {**page, "back": activity.get_desk_url()})


@private_page
def code_booking(request: SignedInRequest, reference: str) -> HttpResponse:
    """The sheet of one use of a room, for those who work at its center."""
    mine = Booking.objects.manageable_by(request.user).select_related("space__center")
    booking = get_object_or_404(mine, reference=reference)
    page = _code_page(Subject(booking.space.center, booking=booking), Token(Kind.BOOKING, booking.reference))
    return render(request, "ratings/code_sheet.html", {**page, "back": booking.get_absolute_url()})


def _code_page(subject: Subject, token: Token) -> dict[str, object]:
    return {**rating_page(subject), "path": reverse("ratings:rating_create", args=[str(token)])}


@private_form
def tablet_start(request: SignedInRequest) -> HttpResponse:
    """Ask whether to hand this device to visitors (GET); hand it over (POST).

    The device is signed out: whoever holds it can rate, and nothing else.
    """
    if request.method == "POST":
        center = working_center(request.user, request.POST.get("center", ""))
        logout(request)
        return redirect("ratings:tablet_question", token=tablet_token(center.code))
    return render(
        request, "ratings/tablet_start.html", {"reach": reach_of(request.user, request.GET.get("center", ""))}
    )
