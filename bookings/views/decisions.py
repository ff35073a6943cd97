"""Requests and bookings of the centers one works for: the queue, granting, refusing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bookings.choices import Status
from bookings.exceptions import BookingError
from bookings.forms.decision import QueueFilter, RejectForm
from bookings.models import Booking
from bookings.selectors import booking as booking_pages
from bookings.selectors import workbench
from bookings.services import booking as booking_services
from centers.selectors.switcher import switcher_of
from common.http.htmx import CHOSEN_BY, render_page, wants_fragment
from common.http.methods import post_only
from common.http.next_page import next_of
from common.words.names import zh

ROWS_A_PAGE = 20


@require_safe
@never_cache
@login_required
def decision_list(request: HttpRequest) -> HttpResponse:
    """The queue: what waits first, by deadline; filtered by status, center and day."""
    reach = switcher_of(request.user, request.GET.get("center", ""))
    if reach is None:
        raise Http404
    asked = request.GET if "status" in request.GET else {"status": Status.PENDING, **request.GET.dict()}
    filters = QueueFilter(asked, queryset=workbench.queue(request.user, asked.get("status", "")))
    page = Paginator(filters.qs, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "reach": reach,
        "page": page,
        "cards": workbench.cards(page.object_list),
        "waiting": workbench.waiting_count(request.user),
        "here": request.get_full_path(),
    }
    return render_page(request, "bookings/decision_list.html", "bookings/partials/_queue.html", context)


@post_only
@login_required
def booking_approve(request: HttpRequest, reference: str) -> HttpResponse:
    """Grant a request. Sent twice it says that it has been decided, and by what."""
    booking = manageable_booking(request, reference)
    refusal = None
    try:
        booking = booking_services.approve_booking(actor=request.user, booking=booking)
    except BookingError as error:
        refusal = error
        booking.refresh_from_db(fields=["status"])
    if wants_fragment(request):
        [card] = workbench.cards([booking])
        context = {"card": card, "refusal": refusal, "waiting": workbench.waiting_count(request.user)}
        response = render(request, "bookings/partials/_decided.html", context)
        patch_vary_headers(response, CHOSEN_BY)
        return response
    say(request, booking, refusal, _("Approved: {who} is told."))
    return redirect(way_back(request))


@post_only
@never_cache
@login_required
def booking_phone(request: HttpRequest, reference: str) -> HttpResponse:
    """The booking with its contact's number in full: by POST, since seeing it leaves a line."""
    booking = manageable_booking(request, reference)
    phone = booking_services.reveal_phone(actor=request.user, booking=booking)
    context = booking_pages.detail_context(request.user, booking, is_new=False)
    return render(request, "bookings/booking_detail.html", {**context, "phone": phone})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def booking_reject(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for the reason (GET), then refuse the request (POST)."""
    booking = manageable_booking(request, reference)
    form = RejectForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                booking_services.reject_booking(actor=request.user, booking=booking, reason=form.cleaned_data["reason"])
            except BookingError as error:
                form.add_error(error.field, str(error))
                status = error.status
            else:
                say(request, booking, None, _("Rejected: {who} is told why, and the time is free again."))
                return redirect(way_back(request))
    [card] = workbench.cards([booking])
    context = {"form": form, "card": card, "booking": booking, "next": way_back(request)}
    return render(request, "bookings/decision_form.html", context, status=status)


def manageable_booking(request: HttpRequest, reference: str) -> Booking:
    """A booking of a center the person works for; anything else doesn't exist."""
    mine = Booking.objects.manageable_by(request.user).select_related("space__center", "contact", "booker")
    return get_object_or_404(mine, reference=reference)


def say(request: HttpRequest, booking: Booking, refusal: BookingError | None, done: str) -> None:
    """Tell what came of a decision on the next page."""
    if refusal:
        messages.error(request, str(refusal))
    else:
        [card] = workbench.cards([booking])
        messages.success(request, format_html(done, who=zh(card.who) if card.who else _("the booker")))


def way_back(request: HttpRequest) -> str:
    """The page the decision was made on, if it is one of ours; else the queue."""
    return next_of(request) or reverse("bookings:decision_list")
