"""Activities as those who lead them plan them: the list, entering, copying, publishing, changing, calling off."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from activities import permissions
from activities.access import led_activity
from activities.choices import CHANGEABLE, SeriesReach
from activities.exceptions import ActivityIsOver
from activities.filters import OPEN, LedActivityFilter
from activities.forms.details import DETAIL_FIELDS, copied_detail
from activities.forms.plans import NewPlanForm, PlanForm
from activities.forms.series import CancelDateForm, EditDateForm
from activities.models import Activity
from activities.selectors import plans, workbench
from activities.selectors.details import organization_choices
from activities.selectors.series import standing_dates
from activities.services.activities import cancel_activity, create_activity, edit_activity, publish_activity
from activities.services.series import cancel_later, edit_later
from activities.values.repeats import Repeat
from activities.views.records import asked_kind, center_of
from bookings.models import Booking
from centers.models import Center
from centers.selectors.switcher import switcher_of
from common.http.forms import one_at_a_time, render_form, submit_action, submit_form
from common.http.htmx import render_page
from common.http.next_page import next_of
from common.http.views import posted, private_action, private_form, private_page
from common.words.names import zh

ROWS_A_PAGE = 20


@private_page
def manage_list(request: SignedInRequest) -> HttpResponse:
    """Activities of the centers one works for: what has to be recorded first."""
    reach = switcher_of(request.user, request.GET.get("center", ""))
    if reach is None:
        raise Http404
    asked = request.GET if "state" in request.GET else {"state": OPEN, **request.GET.dict()}
    filters = LedActivityFilter(asked, queryset=workbench.led_by(request.user))
    page = Paginator(filters.qs, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "reach": reach,
        "page": page,
        "groups": workbench.grouped(page.object_list),
        "here": request.get_full_path(),
    }
    return render_page(request, "activities/manage_list.html", "activities/partials/_managed.html", context)


@private_form
def manage_create(request: SignedInRequest) -> HttpResponse:
    """Enter an activity: alone (`center` in the address), from a `booking`, or as a `copy` of another.

    The button says whether it is published at once or kept as a draft.
    """
    booking, copied = _booking_of(request), _copied_of(request)
    center = _center_of(request, booking, copied)
    rule = _rule_of(request)
    near = plans.possible_hosts(center)
    form = NewPlanForm(
        posted(request),
        initial=_initial(request, booking, copied, rule),
        near=near,
        organizations=organization_choices(center),
    )
    publish = "draft" not in request.POST
    done = submit_form(
        request,
        form,
        lambda data: create_activity(
            actor=request.user,
            center=center,
            plan=form.plan(),
            co_hosts=data.get("co_hosts") or (),
            booking=booking,
            publish=publish,
            key=data["key"],
        ),
        success=lambda made: format_html(
            _("Published: {title}.") if publish else _("Draft kept: {title}."), title=zh(made.title)
        ),
        redirect_to=lambda made: (
            reverse("activities:series_create", args=[made.reference])
            if "repeat" in request.POST
            else made.get_desk_url()
        ),
    )
    context: dict[str, Any] = {"center": center, "booking": booking, "copied": copied}
    context["copy_days"] = plans.copy_days(copied, rule) if copied else []
    return done or render_form(request, "activities/manage_create.html", form, context)


@private_form
def manage_edit(request: SignedInRequest, reference: str) -> HttpResponse:
    """Change a plan, of one date of a series or of all later ones too.

    Who signed up is told of another time or place, and of nothing else.
    """
    activity = led_activity(request.user, reference)
    near, later = plans.possible_hosts(activity.center), later_dates(activity)
    with one_at_a_time(request, "activities.activity", activity.pk):
        activity.refresh_from_db()
        form = EditDateForm(
            posted(request),
            initial={**PlanForm.initial_of(activity), "space": activity.booking and activity.booking.space_id},
            near=near,
            organizations=organization_choices(activity.center),
            rooms=plans.rooms_instead(activity),
            has_later=len(later) > 1,
        )
        done = submit_form(
            request,
            form,
            lambda data: _verb(data, edit_activity, edit_later)(
                actor=request.user,
                activity=activity,
                plan=form.plan(),
                co_hosts=data.get("co_hosts"),
                space=data.get("space"),
            ),
            success=_("Saved."),
            redirect_to=activity.get_desk_url(),
        )
    context = {"center": activity.center, "activity": activity, "booking": activity.booking, "later": later}
    return done or render_form(request, "activities/manage_edit.html", form, context)


@private_action
def manage_publish(request: SignedInRequest, reference: str) -> HttpResponse:
    """Publish a draft."""
    activity = led_activity(request.user, reference)
    return submit_action(
        request,
        lambda _typed: publish_activity(actor=request.user, activity=activity),
        success=format_html(_("Published: {title}."), title=zh(activity.title)),
        redirect_to=next_of(request) or activity.get_desk_url(),
    )


@private_form
def manage_cancel(request: SignedInRequest, reference: str) -> HttpResponse:
    """Page that asks for the reason (GET), then calls the activity off (POST)."""
    activity = led_activity(request.user, reference)
    later = later_dates(activity)
    form = CancelDateForm(posted(request), has_later=len(later) > 1)
    done = submit_form(
        request,
        form,
        lambda data: _verb(data, cancel_activity, cancel_later)(
            actor=request.user, activity=activity, reason=data["reason"]
        ),
        success=_("Called off. Everybody who signed up is told why."),
        redirect_to=activity.get_desk_url(),
    )
    if done:
        return done
    activity.refresh_from_db(fields=["state"])
    context = {
        "activity": activity,
        "center": activity.center,
        "can_cancel": activity.state in CHANGEABLE,
        "too_late": ActivityIsOver.message,
        "later": later,
    }
    return render_form(request, "activities/manage_cancel.html", form, context)


def later_dates(activity: Activity) -> list[Activity]:
    """The dates of its series from this one on that can still be changed, itself among them. One query."""
    day = activity.series_day
    return [one for one in standing_dates(activity) if day and one.series_day and one.series_day >= day]


def _verb(data: dict[str, Any], of_one: Callable[..., Any], of_later: Callable[..., Any]) -> Callable[..., Any]:
    """The service for the dates that are meant."""
    return of_later if data.get("reach") == SeriesReach.LATER else of_one


def _booking_of(request: SignedInRequest) -> Booking | None:
    """The booking that the address names, if it is of one of the person's rooms or their own."""
    reference = request.GET.get("booking")
    if not reference:
        return None
    visible = Booking.objects.visible_to(request.user).select_related("space__center", "contact")
    return get_object_or_404(visible, reference=reference)


def _copied_of(request: SignedInRequest) -> Activity | None:
    reference = request.GET.get("copy")
    return led_activity(request.user, reference) if reference else None


def _rule_of(request: SignedInRequest) -> Repeat:
    asked = request.GET.get("again", "")
    return Repeat(asked) if asked in set(Repeat) else Repeat.WEEK


def _center_of(request: SignedInRequest, booking: Booking | None, copied: Activity | None) -> Center:
    """The center that leads it: the copied one's, else the room's if one works there, else the one in the address."""
    if copied:
        return copied.center
    if booking and permissions.can_lead(request.user, booking.space.center):
        return booking.space.center
    return center_of(request)


def _initial(
    request: SignedInRequest, booking: Booking | None, copied: Activity | None, rule: Repeat
) -> dict[str, Any]:
    """Initial data of the form."""
    if copied:
        start, end, _found = plans.copied_times(copied, rule)
        # A room is booked for each date anew, and sign-up opens anew.
        afresh = {"sign_up_opens_at": None, "sign_up_closes_at": None}
        kept = {name: value for name, value in PlanForm.initial_of(copied).items() if name not in DETAIL_FIELDS}
        return {**kept, **copied_detail(copied), **PlanForm.initial_when(start, end), **afresh}
    first = plans.initial_from_booking(booking) if booking else plans.usual_time()
    return {**asked_kind(request), **first, **PlanForm.initial_when(first["starts_at"], first["ends_at"])}
