"""A person's own bookings: check and send, look at, cancel, end early."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bookings.exceptions import BookingError, NotCancellable, NotInUse
from bookings.forms.booking import BookingForm, ReasonForm, SlotForm
from bookings.models import Booking, Space
from bookings.selectors import booking as booking_pages
from bookings.services import booking as booking_services
from common import clock
from common.http.drafts import keeps_draft, take_draft
from common.http.forms import INVALID, render_form, submit_form
from common.http.next_page import next_of
from common.http.views import posted, private_form


@keeps_draft
@private_form
def booking_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Check answers (GET, the slot in the address), then book (POST). A slot lost meanwhile offers the nearest others.

    Choosing one of those sends what was typed along (POST `instead`, the other slot in the address): it is checked, not
    booked. One's own booking of the slot is shown instead, with a word where something else is asked for now.
    """
    space = get_object_or_404(Space.objects.public().select_related("center"), pk=pk)
    if request.method == "POST" and "instead" not in request.POST:
        form = BookingForm(request.POST)
        if form.is_valid():
            try:
                return redirect(f"{book(request, space, form).get_absolute_url()}?new=1")
            except BookingError as error:
                return _standing(request, space, form.cleaned_data) or check_page(request, space, form, error)
        return check_page(request, space, form)
    slot = SlotForm(request.GET)
    if not slot.is_valid():
        return redirect("bookings:space_detail", pk=space.pk)
    sent = {**take_draft(request), **request.POST.dict()}
    typed = {name: value for name, value in sent.items() if name not in SlotForm.base_fields}
    form = BookingForm(initial={**request.GET.dict(), **(typed or booking_pages.usual_contact(request.user))})
    refused = refusal(request, space, slot.cleaned_data)
    standing = _standing(request, space, slot.cleaned_data) if refused else None
    return standing or check_page(request, space, form, refused, slot.cleaned_data)


def _standing(request: HttpRequest, space: Space, data: dict[str, Any]) -> HttpResponse | None:
    """To one's own booking of just this slot, if there is one; with a word where it says otherwise than `data`."""
    booked = booking_pages.same_booking(request.user, space, data["start"], data["end"])
    if booked is None:
        return None
    if booking_pages.differs(booked, data):
        messages.warning(request, booking_pages.standing_words(booked))
    return redirect(booked)


def book(request: HttpRequest, space: Space, form: BookingForm) -> Booking:
    data = form.cleaned_data
    return booking_services.create_booking(
        actor=request.user,
        space=space,
        start=data["start"],
        end=data["end"],
        headcount=data["people"],
        purpose=data["purpose"],
        contact=form.contact(getattr(request.user, "phone", None) or ""),
    )


def refusal(request: HttpRequest, space: Space, slot: dict[str, Any]) -> BookingError | None:
    """Why the slot couldn't be booked just now, or None: said before anything is typed."""
    try:
        booking_services.check_booking(
            actor=request.user, space=space, start=slot["start"], end=slot["end"], headcount=slot["people"]
        )
    except BookingError as error:
        return error
    return None


def check_page(
    request: HttpRequest,
    space: Space,
    form: BookingForm,
    error: BookingError | None = None,
    slot: dict[str, Any] | None = None,
) -> HttpResponse:
    slot = slot or getattr(form, "cleaned_data", {})
    if not {"start", "end", "people", "purpose"} <= slot.keys():
        return redirect("bookings:space_detail", pk=space.pk)
    context = booking_pages.check_context(request.user, space, slot, error)
    status = error.status if error else INVALID if form.errors else 200
    return render(
        request,
        "bookings/booking_check.html",
        {**context, "form": form, "typed_form": "check"},
        status=status if request.method == "POST" else 200,
    )


@login_required
@require_safe
def booking_list(request: HttpRequest) -> HttpResponse:
    """One's own bookings: those to come, then those that were."""
    own = Booking.objects.own(request.user).select_related("space__center")
    now = clock.now()
    coming = own.live().upcoming(now).order_by("starts_at")
    earlier = own.exclude(pk__in=coming.values("pk")).order_by("-starts_at")
    page = Paginator(earlier, 20).get_page(request.GET.get("page"))
    return render(request, "bookings/booking_list.html", {"coming": coming, "page": page, "now": now})


@never_cache
@login_required
@require_safe
def booking_detail(request: HttpRequest, reference: str) -> HttpResponse:
    """One booking, for its booker and for those who work at its center; right after booking, the page of success."""
    booking = visible_booking(request, reference)
    return render(
        request,
        "bookings/booking_detail.html",
        booking_pages.detail_context(request.user, booking, is_new="new" in request.GET),
    )


def visible_booking(request: HttpRequest, reference: str) -> Booking:
    return get_object_or_404(
        Booking.objects.visible_to(request.user).select_related("space__center", "contact", "booker"),
        reference=reference,
    )


@private_form
def booking_cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Page that asks once (GET), then cancels (POST); back to the page it was asked on, if said, or to the booking."""
    return _take_back(
        request,
        visible_booking(request, reference),
        booking_services.cancel_booking,
        template="bookings/booking_cancel.html",
        too_late=NotCancellable,
        success=lambda is_own: _("Cancelled. The time is free for others now."),
    )


@private_form
def booking_release(request: HttpRequest, reference: str) -> HttpResponse:
    """Page that asks once (GET), then ends a use that is going on (POST); back to the page it was asked on, or to the booking."""
    return _take_back(
        request,
        visible_booking(request, reference),
        booking_services.release_early,
        template="bookings/booking_release.html",
        too_late=NotInUse,
        success=lambda is_own: (
            _("Ended. Thank you: others can use the rest of the time.")
            if is_own
            else _("Use ended. The booker is told why, and the rest of the time is free.")
        ),
    )


def _take_back(
    request: HttpRequest,
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
    context = {"booking": booking, "is_own": is_own, "next": next_of(request), "refusal": too_late.message}
    return render_form(request, template, form, context)
