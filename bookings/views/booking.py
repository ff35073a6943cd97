"""A person's own bookings: check and send, look at, cancel, release."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from bookings.exceptions import BookingError, NotCancellable
from bookings.forms.booking import BookingForm, ReasonForm, SlotForm
from bookings.models import Booking, Space
from bookings.selectors import booking as booking_selectors
from bookings.services.booking import cancel_booking, check_booking, create_booking, release_early
from bookings.values.slot_request import SlotRequest
from common import clock
from common.http.forms import render_form, submit_form
from common.http.next_page import next_of
from common.http.views import posted, private_action, private_form, private_page

CHECK_PAGE = "bookings/booking_check.html"


@private_form
def booking_create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Check answers (GET, the slot in the address), then book (POST). A slot lost meanwhile offers the nearest others.

    Choosing one of those sends what was typed along (POST `instead`, the other slot in the address): it is checked, not booked.
    """
    space = get_object_or_404(Space.objects.public().select_related("center"), pk=pk)
    if request.method == "POST" and "instead" not in request.POST:
        return book(request, space, BookingForm(request.POST))
    slot = SlotForm(request.GET)
    if not slot.is_valid():
        return redirect("bookings:space_detail", pk=space.pk)
    wanted = slot.request(space, request.user)
    refused = refusal(wanted)
    if refused and (booked := booking_selectors.same_booking(request.user, wanted)):
        return redirect(booked)
    typed = {name: value for name, value in request.POST.items() if name not in SlotForm.base_fields}
    form = BookingForm(initial={**request.GET.dict(), **(typed or booking_selectors.usual_contact(request.user))})
    context = booking_selectors.check_context(request.user, space, wanted, slot.cleaned_data["purpose"], refused)
    return render_form(request, CHECK_PAGE, form, context)


def book(request: SignedInRequest, space: Space, form: BookingForm) -> HttpResponse:
    """Book what the form says; show it again where it can't be booked. One's own booking of that slot is shown instead."""
    if not form.is_valid():
        return again(request, space, form)
    wanted = form.request(space, request.user)
    contact = form.contact(getattr(request.user, "phone", None) or "")
    try:
        booking = create_booking(
            actor=request.user, request=wanted, purpose=form.cleaned_data["purpose"], contact=contact
        )
    except BookingError as error:
        if booked := booking_selectors.same_booking(request.user, wanted):
            return redirect(booked)
        form.refusal = error
        return again(request, space, form)
    return redirect(f"{booking.get_absolute_url()}?new=1")


def again(request: SignedInRequest, space: Space, form: BookingForm) -> HttpResponse:
    """The check page with what was typed; without a slot that makes sense, the space's page."""
    if not {"starts_at", "ends_at", "headcount", "purpose"} <= form.cleaned_data.keys():
        return redirect("bookings:space_detail", pk=space.pk)
    wanted, purpose = form.request(space, request.user), form.cleaned_data["purpose"]
    context = booking_selectors.check_context(request.user, space, wanted, purpose, form.refusal)
    return render_form(request, CHECK_PAGE, form, context)


def refusal(wanted: SlotRequest) -> BookingError | None:
    """Why the slot couldn't be booked just now, or None: said before anything is typed."""
    try:
        check_booking(request=wanted)
    except BookingError as error:
        return error
    return None


@private_page
def booking_list(request: SignedInRequest) -> HttpResponse:
    """One's own bookings: those to come, then those that were."""
    own = Booking.objects.own(request.user).select_related("space__center")
    now = clock.now()
    coming = own.live().upcoming(now).order_by("starts_at")
    earlier = own.exclude(pk__in=coming.values("pk")).order_by("-starts_at")
    page = Paginator(earlier, 20).get_page(request.GET.get("page"))
    return render(request, "bookings/booking_list.html", {"coming": coming, "page": page, "now": now})


@private_page
def booking_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    """One booking, for its booker and for those who work at its center; right after booking, the page of success."""
    booking = visible_booking(request, reference)
    return render(
        request,
        "bookings/booking_detail.html",
        booking_selectors.detail_context(request.user, booking, is_new="new" in request.GET),
    )


def visible_booking(request: SignedInRequest, reference: str) -> Booking:
    return get_object_or_404(
        Booking.objects.visible_to(request.user).select_related("space__center", "contact", "booker"),
        reference=reference,
    )


@private_form
def booking_cancel(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask once (GET), while it can be cancelled, then do it (POST); back to the page it was asked on, if said, or to the booking."""
    booking = visible_booking(request, reference)
    is_own = booking.booker_id == request.user.pk
    form = ReasonForm(posted(request), is_own=is_own)
    if done := submit_form(
        request,
        form,
        lambda data: cancel_booking(actor=request.user, booking=booking, reason=data["reason"]),
        success=_("Cancelled. The time is free for others now."),
        redirect_to=next_of(request) or booking,
    ):
        return done
    booking.refresh_from_db(fields=["status", "starts_at"])
    context = {"booking": booking, "is_own": is_own, "next": next_of(request), "too_late": NotCancellable.message}
    return render_form(request, "bookings/booking_cancel.html", form, context)


@private_action
def booking_release(request: SignedInRequest, reference: str) -> HttpResponse:
    """End a use that is going on; back to the page it was done on, if that says so, else to the booking."""
    booking = visible_booking(request, reference)
    done(
        request,
        lambda: release_early(actor=request.user, booking=booking),
        _("Released. Thank you: others can use the rest of the time."),
    )
    return redirect(next_of(request) or booking)


def done(request: SignedInRequest, act: Callable[[], Any], words: str) -> None:
    """Do it and say so, or say why not."""
    try:
        act()
    except BookingError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words)
