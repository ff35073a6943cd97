"""A person's own bookings: check and send, look at, cancel, end early."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from bookings.exceptions import BookingError, NotCancellable, NotInUse
from bookings.forms.booking import BookingForm, ReasonForm, SlotForm
from bookings.models import Booking, Space
from bookings.selectors import booking as booking_selectors
from bookings.selectors.calendar import booking_event
from bookings.services.booking import cancel_booking, check_booking, create_booking, release_early
from bookings.values.policy import Policy
from bookings.values.slot_request import SlotRequest
from common import clock
from common.calendar_files import calendar_response
from common.http.drafts import keeps_draft, take_draft
from common.http.forms import render_form, submit_form
from common.http.next_page import next_of
from common.http.views import posted, private_form, private_page

CHECK_PAGE = "bookings/booking_check.html"


@keeps_draft
@private_form
def booking_create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Check answers (GET, the slot in the address), then book (POST). A slot lost meanwhile offers the nearest others.

    Choosing one of those sends what was typed along (POST `instead`, the other slot in the address): it is checked, not
    booked. One's own booking of the slot is shown instead, with a word where something else is asked for now.
    """
    space = get_object_or_404(Space.objects.public().select_related("center"), pk=pk)
    if request.method == "POST" and "instead" not in request.POST:
        return book(request, space, BookingForm(request.POST))
    slot = SlotForm(request.GET)
    if not slot.is_valid():
        return redirect("bookings:space_detail", pk=space.pk)
    wanted = slot.request(space, request.user)
    policy, refused = policy_or_refusal(wanted)
    if refused and (shown := own_booking(request, wanted, slot.cleaned_data)):
        return shown
    sent = {**take_draft(request), **request.POST.dict()}
    typed = {name: value for name, value in sent.items() if name not in SlotForm.base_fields}
    form = BookingForm(initial={**request.GET.dict(), **(typed or booking_selectors.usual_contact(request.user))})
    return check_page(request, space, wanted, slot.cleaned_data["purpose"], form, policy=policy, error=refused)


def book(request: SignedInRequest, space: Space, form: BookingForm) -> HttpResponse:
    """Book what the form says; show it again where it can't be booked.

    One's own booking of that slot is shown instead.
    """
    valid = form.is_valid()
    if not {"starts_at", "ends_at", "headcount", "purpose"} <= form.cleaned_data.keys():
        return redirect("bookings:space_detail", pk=space.pk)
    wanted, purpose = form.request(space, request.user), form.cleaned_data["purpose"]
    if not valid:
        return check_page(request, space, wanted, purpose, form)
    contact = form.contact(request.user.phone or "")
    try:
        booking = create_booking(actor=request.user, request=wanted, purpose=purpose, contact=contact)
    except BookingError as error:
        if shown := own_booking(request, wanted, form.cleaned_data):
            return shown
        form.refusal = error
        return check_page(request, space, wanted, purpose, form, error=error)
    return redirect(f"{booking.get_absolute_url()}?new=1")


def own_booking(request: SignedInRequest, wanted: SlotRequest, data: dict[str, Any]) -> HttpResponse | None:
    """To one's own booking of just this slot, if there is one; with a word where it says otherwise than `data`."""
    booked = booking_selectors.same_booking(request.user, wanted)
    if booked is None:
        return None
    if booking_selectors.differs(booked, data):
        messages.warning(request, booking_selectors.existing_booking_words(booked))
    return redirect(booked)


def check_page(
    request: SignedInRequest,
    space: Space,
    wanted: SlotRequest,
    purpose: str,
    form: BookingForm,
    *,
    policy: Policy | None = None,
    error: BookingError | None = None,
) -> HttpResponse:
    """The page that is looked at before sending, with what was typed."""
    context = booking_selectors.check_context(request.user, space, wanted, purpose, policy, error)
    return render_form(request, CHECK_PAGE, form, {**context, "typed_form": "check"})


def policy_or_refusal(wanted: SlotRequest) -> tuple[Policy | None, BookingError | None]:
    """The policy by which the slot could be booked just now, or why it couldn't: said before anything is typed."""
    try:
        return check_booking(request=wanted), None
    except BookingError as error:
        return None, error


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


@private_page
def booking_calendar(request: SignedInRequest, reference: str) -> HttpResponse:
    """One booking as a file for one's calendar."""
    booking = visible_booking(request, reference)
    return calendar_response(booking_event(booking, request.build_absolute_uri), booking.reference)


def visible_booking(request: SignedInRequest, reference: str) -> Booking:
    return get_object_or_404(
        Booking.objects.visible_to(request.user).select_related("space__center", "contact", "booker"),
        reference=reference,
    )


@private_form
def booking_cancel(request: SignedInRequest, reference: str) -> HttpResponse:
    """Page that asks once (GET), then cancels (POST); back to the page it was asked on, if said, or to the booking."""
    return _take_back(
        request,
        visible_booking(request, reference),
        cancel_booking,
        template="bookings/booking_cancel.html",
        too_late=NotCancellable,
        success=lambda is_own: _("Cancelled. The time is free for others now."),
    )


@private_form
def booking_release(request: SignedInRequest, reference: str) -> HttpResponse:
    """Page that asks once (GET), then ends a use that is going on (POST).

    Back to the page it was asked on, or to the booking.
    """
    return _take_back(
        request,
        visible_booking(request, reference),
        release_early,
        template="bookings/booking_release.html",
        too_late=NotInUse,
        success=lambda is_own: (
            _("Ended. Thank you: others can use the rest of the time.")
            if is_own
            else _("Use ended. The booker is told why, and the rest of the time is free.")
        ),
    )


def _take_back(
    request: SignedInRequest,
    booking: Booking,
    service: Callable[..., Booking],
    *,
    template: str,
    too_late: type[BookingError],
    success: Callable[[bool], str],
) -> HttpResponse:
    """Ask for confirmation, and staff for a reason, before all of a booking or the rest of it is given up."""
    is_own = booking.booker_id == request.user.pk
    form = ReasonForm(posted(request), is_own=is_own)
    done = submit_form(
        request,
        form,
        lambda data: service(actor=request.user, booking=booking, reason=data["reason"]),
        success=success(is_own),
        redirect_to=next_of(request) or booking,
    )
    if done:
        return done
    if form.is_bound:
        booking.refresh_from_db(fields=["status", "starts_at", "ends_at"])
    context = {
        "booking": booking,
        "is_own": is_own,
        "frame_of_page": booking_selectors.frame_of(is_own),
        "next": next_of(request),
        "refusal": too_late.message,
    }
    return render_form(request, template, form, context)
