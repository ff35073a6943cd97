"""Requests and bookings of the centers one works for: the queue, granting, refusing."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from bookings.choices import Status
from bookings.exceptions import OwnRequest
from bookings.forms.decision import QueueFilter, RejectForm
from bookings.models import Booking
from bookings.selectors import booking as booking_pages
from bookings.selectors import workbench
from bookings.selectors.queue import queue, standing_and_gone
from bookings.services import booking as booking_services
from centers.selectors.switcher import switcher_of
from common.errors import DomainError
from common.http.forms import render_form, submit_action, submit_form
from common.http.htmx import render_fragment, render_page, wants_fragment
from common.http.next_page import next_of
from common.http.views import posted, private_action, private_form, private_page
from common.navigation import set_count
from common.words.names import zh

ROWS_A_PAGE = 20


@private_page
def decision_list(request: SignedInRequest) -> HttpResponse:
    """The queue: what waits first, by deadline; filtered by number or name, status, center and day.

    Who looks somebody up finds them in any status. Of all statuses those that gave their time back stand apart.
    """
    reach = switcher_of(request.user, request.GET.get("center", ""))
    if reach is None:
        raise Http404
    first_status = "" if request.GET.get("q") else Status.PENDING
    asked = request.GET if "status" in request.GET else {"status": first_status, **request.GET.dict()}
    filters = QueueFilter(asked, queryset=queue(request.user, asked.get("status", "")))
    found, gone = (filters.qs, filters.qs.none()) if asked.get("status") else standing_and_gone(filters.qs)
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "gone_count": gone.count(),
        "gone": workbench.cards(gone[:ROWS_A_PAGE], request.user),
        "filters": filters,
        "reach": reach,
        "page": page,
        "cards": workbench.cards(page.object_list, request.user),
        "waiting": workbench.waiting_count(request.user),
        "here": request.get_full_path(),
    }
    set_count(request, "waiting", context["waiting"])
    return render_page(request, "bookings/decision_list.html", "bookings/partials/_queue.html", context)


@private_action
def booking_approve(request: SignedInRequest, reference: str) -> HttpResponse:
    """Grant a request. Sent twice it says that it has been decided, and by what."""
    booking = manageable_booking(request, reference)

    def row(refusal: DomainError | None) -> dict[str, Any]:
        booking.refresh_from_db(fields=["status"])
        [card] = workbench.cards([booking], request.user)
        return {"card": card, "refusal": refusal, "waiting": workbench.waiting_count(request.user)}

    return submit_action(
        request,
        lambda _typed: booking_services.approve_booking(actor=request.user, booking=booking),
        success=lambda _approved: told(request, booking, _("Approved: {who} is told.")),
        redirect_to=way_back(request),
        fragment=("bookings/partials/_decided.html", row),
    )


@private_action
def booking_phone(request: SignedInRequest, reference: str) -> HttpResponse:
    """The booking with its contact's number in full: by POST, since seeing it leaves a line.

    In a list the number takes the place of the button that was pressed.
    """
    booking = manageable_booking(request, reference)
    phone = booking_services.reveal_phone(actor=request.user, booking=booking)
    if wants_fragment(request):
        return render_fragment(request, "components/_called.html", {"phone": phone})
    context = booking_pages.detail_context(request.user, booking, is_new=False)
    return render(request, "bookings/booking_detail.html", {**context, "phone": phone})


@private_form
def booking_reject(request: SignedInRequest, reference: str) -> HttpResponse:
    """Page that asks for the reason (GET), then refuses the request (POST)."""
    booking = manageable_booking(request, reference)
    form = RejectForm(posted(request))
    done = submit_form(
        request,
        form,
        lambda data: booking_services.reject_booking(actor=request.user, booking=booking, reason=data["reason"]),
        success=lambda _rejected: told(request, booking, _("Rejected: {who} is told why, and the time is free again.")),
        redirect_to=way_back(request),
    )
    if done:
        return done
    [card] = workbench.cards([booking], request.user)
    context = {"card": card, "booking": booking, "next": way_back(request), "own_request": OwnRequest.message}
    return render_form(request, "bookings/decision_form.html", form, context)


def manageable_booking(request: SignedInRequest, reference: str) -> Booking:
    """A booking of a center the person works for; anything else doesn't exist."""
    mine = Booking.objects.manageable_by(request.user).select_related("space__center", "contact", "booker")
    return get_object_or_404(mine, reference=reference)


def told(request: SignedInRequest, booking: Booking, done: str) -> str:
    """Words for a decision's outcome, with who is told of it."""
    [card] = workbench.cards([booking], request.user)
    return format_html(done, who=zh(card.who) if card.who else _("the booker"))


def way_back(request: SignedInRequest) -> str:
    """The page the decision was made on, if it is one of ours; else the queue."""
    return next_of(request) or reverse("bookings:decision_list")
