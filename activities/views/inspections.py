"""Inspections: organisation and findings, what has to be put right, and which organisations were inspected."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from activities.access import demanded_rectification, led_activity
from activities.choices import ActivityKind
from activities.filters import RectificationFilter
from activities.forms.coverage import CoverageForm
from activities.forms.inspections import FindingsForm, ProofForm, RectificationForm, SendBackForm
from activities.models import Activity, Rectification
from activities.selectors import inspections
from activities.selectors.coverage import coverage, not_inspected
from activities.selectors.details import organization_choices
from activities.services import inspections as inspecting
from centers.selectors.switcher import switcher_of
from common.http.forms import render_form, submit_action, submit_form
from common.http.views import posted, private_action, private_form, private_page

ROWS_A_PAGE = 20


@private_form
def inspection_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    """Organisation and findings of an inspection, and what it demands; POST writes the findings."""
    activity = _inspection(request, reference)
    page = inspections.inspection_page(activity)
    known = page["inspection"]
    initial = {"organization": known.organization_id, "findings": known.findings} if known else {}
    choices = organization_choices(activity.center, is_planned=False)
    if known and known.organization_id not in {pk for _place, ones in choices for pk, _name in ones}:
        choices.append((_("Now elsewhere"), [(known.organization_id, known.organization.shown_name)]))
    form = FindingsForm(posted(request), initial=initial, organizations=choices)
    done = submit_form(
        request,
        form,
        lambda data: inspecting.write_findings(
            actor=request.user,
            activity=activity,
            organization_id=data["organization"],
            findings=data["findings"],
        ),
        success=_("Saved."),
        redirect_to=_page_of(activity),
    )
    return done or render_form(request, "activities/inspection_detail.html", form, page)


@private_form
def rectification_create(request: SignedInRequest, reference: str) -> HttpResponse:
    """Demand that something be put right. Sent twice it is demanded once."""
    activity = _inspection(request, reference)
    inspection = inspections.inspection_of(activity)
    if inspection is None:
        return redirect(_page_of(activity))
    form = RectificationForm(posted(request), initial={"answers_for": inspection.organization.shown_name})
    done = submit_form(
        request,
        form,
        lambda data: inspecting.demand_rectification(actor=request.user, inspection=inspection, **data),
        success=_("Written down. The center is reminded when the deadline has passed."),
        redirect_to=_page_of(activity),
    )
    context = {"activity": activity, "center": activity.center, "inspection": inspection}
    return done or render_form(request, "activities/rectification_create.html", form, context)


@private_page
def rectification_list(request: SignedInRequest) -> HttpResponse:
    """Rectifications at the centers one works for and below: those that aren't over, unless more is asked for."""
    reach = switcher_of(request.user, request.GET.get("center", ""))
    if reach is None:
        raise Http404
    found = inspections.for_rows(Rectification.objects.manageable_by(request.user))
    filters = RectificationFilter(request.GET, queryset=found)
    page = Paginator(filters.qs, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "activities/rectification_list.html", {"filters": filters, "page": page, "reach": reach})


@private_form
def rectification_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One rectification with its history; POST reports that it was put right."""
    one = demanded_rectification(request.user, pk)
    form = ProofForm(posted(request), photos=inspections.photos_of(request.user, one), initial={"proof": one.proof})
    done = submit_form(
        request,
        form,
        lambda data: inspecting.do_rectification(
            actor=request.user, rectification=one, proof=data["proof"], photo=form.chosen_photo()
        ),
        success=_("Reported. It is over once it was verified."),
        redirect_to=reverse("activities:rectification_detail", args=[pk]),
    )
    if done:
        return done
    one.refresh_from_db(fields=["state", "proof", "done_at", "verified_at"])
    context = inspections.rectification_page(request.user, one)
    return render_form(request, "activities/rectification_detail.html", form, context)


@private_action
def rectification_verify(request: SignedInRequest, pk: int) -> HttpResponse:
    """Verify that something was put right."""
    one = demanded_rectification(request.user, pk)
    return submit_action(
        request,
        lambda _typed: inspecting.verify_rectification(actor=request.user, rectification=one),
        success=_("Verified."),
        redirect_to=reverse("activities:rectification_detail", args=[pk]),
    )


@private_form
def rectification_send_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Page that asks what is still missing (GET), then sends it back (POST)."""
    one = demanded_rectification(request.user, pk)
    form = SendBackForm(posted(request))
    done = submit_form(
        request,
        form,
        lambda data: inspecting.send_back_rectification(actor=request.user, rectification=one, note=data["note"]),
        success=_("Sent back, with what is still missing."),
        redirect_to=reverse("activities:rectification_detail", args=[pk]),
    )
    context = inspections.rectification_page(request.user, one)
    return done or render_form(request, "activities/rectification_send_back.html", form, context)


@private_page
def coverage_detail(request: SignedInRequest) -> HttpResponse:
    """Share of the Party organisations under a center that were inspected in a window, and the others by name."""
    reach = switcher_of(request.user, request.GET.get("center", ""))
    if reach is None:
        raise Http404
    form = CoverageForm(request.GET)
    window = form.window()
    context = {"reach": reach, "form": form, "window": window}
    if window:
        missing = not_inspected(reach.chosen, *window)
        context |= {
            "coverage": coverage(reach.chosen, *window),
            "page": Paginator(missing, ROWS_A_PAGE).get_page(request.GET.get("page")),
        }
    return render(request, "activities/coverage_detail.html", context)


def _inspection(request: SignedInRequest, reference: str) -> Activity:
    activity = led_activity(request.user, reference)
    if activity.kind != ActivityKind.INSPECTION:
        raise Http404
    return activity


def _page_of(activity: Activity) -> str:
    return reverse("activities:inspection_detail", args=[activity.reference])
