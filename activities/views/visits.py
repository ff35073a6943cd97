"""Study visits: asking for one, one's own requests, and the center's queue and answers."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from activities.access import answered_visit
from activities.filters import VisitFilter
from activities.forms.visits import ConfirmVisitForm, RefuseVisitForm, VisitForm
from activities.models import VisitRequest
from activities.selectors import visits
from activities.services.receptions import (
    confirm_visit,
    refuse_visit,
    request_visit,
    reveal_asker_phone,
    withdraw_visit,
)
from activities.values.visits import NOTICE_WORKDAYS
from centers.models import Center
from centers.selectors.near_choices import NearChoices
from centers.selectors.switcher import switcher_of
from common.http.forms import render_form, submit_action, submit_form
from common.http.views import posted, private_action, private_form, private_page
from common.words.names import zh

ROWS_A_PAGE = 20


@private_form
def visit_create(request: SignedInRequest) -> HttpResponse:
    """Ask for a study visit at the center in the address, or one chosen in the form. Sent twice it is asked once."""
    places = NearChoices(request.POST.get("center") or request.GET.get("center", ""))
    chosen = Center.objects.public().filter(pk=places.chosen.id).first() if places.chosen else None
    form = VisitForm(
        posted(request),
        initial=visits.first_answers(request.user, chosen),
        centers=places.options(_("Choose one")),
    )
    done = submit_form(
        request,
        form,
        lambda data: request_visit(
            actor=request.user,
            center=get_object_or_404(Center.objects.public(), code=data["center"]),
            wish=form.wish(),
            key=data["key"],
        ),
        success=_("Asked for. The center answers; you will get a message."),
        redirect_to=lambda visit: visit.get_absolute_url(),
    )
    context = {"center": chosen, "notice": NOTICE_WORKDAYS}
    return done or render_form(request, "activities/visit_create.html", form, context)


@private_page
def visit_list(request: SignedInRequest) -> HttpResponse:
    """One's own requests, the latest first."""
    page = Paginator(visits.own_visits(request.user), ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "activities/visit_list.html", {"page": page})


@private_page
def visit_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    """A request with what became of it, for who asked and for those who work at the center."""
    visible = VisitRequest.objects.visible_to(request.user).select_related("center", "activity__reception")
    visit = get_object_or_404(visible, reference=reference)
    return render(request, "activities/visit_detail.html", visits.visit_page(request.user, visit))


@private_action
def visit_withdraw(request: SignedInRequest, reference: str) -> HttpResponse:
    """Take a request of one's own back."""
    visit = get_object_or_404(VisitRequest.objects.own(request.user), reference=reference)
    return submit_action(
        request,
        lambda _typed: withdraw_visit(actor=request.user, visit=visit),
        success=_("Withdrawn. The center knows."),
        redirect_to=visit,
    )


@private_page
def visit_queue(request: SignedInRequest) -> HttpResponse:
    """Requests for visits at the centers one works for: those that wait for an answer, unless others are asked for."""
    if switcher_of(request.user) is None:
        raise Http404
    filters = VisitFilter(request.GET, queryset=visits.queue(request.user))
    page = Paginator(filters.qs, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "activities/visit_queue.html", {"filters": filters, "page": page})


@private_form
def visit_decide(request: SignedInRequest, reference: str) -> HttpResponse:
    """A request with what else the center has at that time (GET); confirmed, it becomes an activity (POST)."""
    visit = answered_visit(request.user, reference)
    form = ConfirmVisitForm(posted(request), initial={"title": visits.usual_title(visit)})
    done = submit_form(
        request,
        form,
        lambda data: confirm_visit(actor=request.user, visit=visit, **data),
        success=_("Confirmed. Who asked is told."),
        redirect_to=lambda activity: activity.get_desk_url(),
    )
    return done or _decide_page(request, visit, form)


@private_form
def visit_refuse(request: SignedInRequest, reference: str) -> HttpResponse:
    """Page that asks for the reason (GET), then refuses (POST)."""
    visit = answered_visit(request.user, reference)
    form = RefuseVisitForm(posted(request))
    done = submit_form(
        request,
        form,
        lambda data: refuse_visit(actor=request.user, visit=visit, reason=data["reason"]),
        success=format_html(_("Refused: {who}. Who asked is told why."), who=zh(visit.visiting_body)),
        redirect_to="activities:visit_queue",
    )
    if done:
        return done
    visit.refresh_from_db(fields=["state"])
    return render_form(request, "activities/visit_refuse.html", form, {"visit": visit, "center": visit.center})


@private_action
def visit_phone(request: SignedInRequest, reference: str) -> HttpResponse:
    """The request with the number in full: by POST, since seeing it leaves a line."""
    visit = answered_visit(request.user, reference)
    phone = reveal_asker_phone(actor=request.user, visit=visit)
    form = ConfirmVisitForm(initial={"title": visits.usual_title(visit)})
    return _decide_page(request, visit, form, phone=phone)


def _decide_page(
    request: SignedInRequest, visit: VisitRequest, form: ConfirmVisitForm, phone: str = ""
) -> HttpResponse:
    visit.refresh_from_db(fields=["state", "reason", "activity"])
    context = {**visits.decide_page(visit), "phone": phone}
    return render_form(request, "activities/visit_decide.html", form, context)
