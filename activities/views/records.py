"""Recording what was held: of an activity, of one that was never planned, and correcting a record."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from activities.access import leading_center, led_activity
from activities.choices import ActivityKind
from activities.domain.door import people_at_door
from activities.domain.extras import Place, extras_of
from activities.exceptions import RecordedAlready
from activities.forms.records import HeldForm, RecordForm, ReviseForm
from activities.models import Activity
from activities.selectors.details import organization_choices
from activities.selectors.records import existing_record, held_today, months_words
from activities.services.photos import MOST_PHOTOS
from activities.services.records import record_activity, revise_record
from activities.services.records import record_held as enter_held
from centers.models import Center
from centers.selectors.switcher import switcher_of
from common.http.forms import refusal_of, render_form, submit_form
from common.http.next_page import next_of
from common.http.views import posted, private_form


@private_form
def record_create(request: SignedInRequest, reference: str) -> HttpResponse:
    """Record how many came: the number at the door stands there already, and is the least that is taken.

    Sent twice it arrives once; recorded by a colleague meanwhile, that record is shown.
    """
    activity = led_activity(request.user, reference)
    door = people_at_door(activity)
    form = RecordForm(posted(request), request.FILES or None, door=door)
    done = submit_form(
        request,
        form,
        lambda data: record_activity(
            actor=request.user,
            activity=activity,
            key=data["key"],
            attendance=data["attendance"],
            note=data["note"],
            photos=form.new_photos(),
        ),
        success=lambda record: months_words(record.activity),
        redirect_to=way_back(request, activity),
    )
    if done:
        return done
    # The same address once it is recorded: a phone that was offline finds out there that its form has arrived.
    refusal = refusal_of(form)
    is_known = isinstance(refusal, RecordedAlready) or (not form.is_bound and activity.attendance is not None)
    context = {
        "most_photos": MOST_PHOTOS,
        "kept_photos": refusal.kept_photos if isinstance(refusal, RecordedAlready) else 0,
        "activity": activity,
        "center": activity.center,
        "record": existing_record(activity) if is_known else None,
        "next": way_back(request, activity),
        "extras": extras_of(activity, Place.DESK) if is_known else [],
    }
    return render_form(request, "activities/record_create.html", form, context)


@private_form
def record_held(request: SignedInRequest) -> HttpResponse:
    """Enter and record in one step what was held and never planned here. Sent twice it arrives once."""
    center = center_of(request)
    initial = {**asked_kind(request), **held_today()}
    form = HeldForm(posted(request), initial=initial, organizations=organization_choices(center, is_planned=False))
    done = submit_form(
        request,
        form,
        lambda data: enter_held(
            actor=request.user,
            center=center,
            plan=form.plan(),
            key=data["key"],
            attendance=data["attendance"],
            note=data["note"],
        ),
        success=months_words,
        redirect_to=lambda made: next_of(request) or made.get_desk_url(),
    )
    context = {"center": center, "next": next_of(request) or reverse("activities:manage_list")}
    return done or render_form(request, "activities/record_held.html", form, context)


@private_form
def record_revise(request: SignedInRequest, reference: str) -> HttpResponse:
    """Correct a record, saying why; what it said before stays among what happened."""
    activity = led_activity(request.user, reference)
    if activity.attendance is None:
        return redirect("activities:record_create", reference=activity.reference)
    record = existing_record(activity)
    form = ReviseForm(posted(request), initial={"attendance": activity.attendance, "note": record.note})
    done = submit_form(
        request,
        form,
        lambda data: revise_record(actor=request.user, activity=activity, **data),
        success=_("Corrected. What it said before stays in its history."),
        redirect_to=activity.get_desk_url(),
    )
    context = {"activity": activity, "center": activity.center, "record": record, "door": people_at_door(activity)}
    return done or render_form(request, "activities/record_revise.html", form, context)


def way_back(request: HttpRequest, activity: Activity) -> str:
    """The page from which it was recorded; else the desk."""
    return next_of(request) or activity.get_desk_url()


def center_of(request: SignedInRequest) -> Center:
    """The center in the address, else the first of the person's own."""
    if code := request.GET.get("center"):
        return leading_center(request.user, code)
    reach = switcher_of(request.user)
    if reach is None:
        raise Http404
    return reach.chosen


def asked_kind(request: HttpRequest) -> dict[str, str]:
    """The kind that the address names, and for an inspection the organisation."""
    kind, organization = request.GET.get("kind", ""), request.GET.get("organization", "")
    return {"kind": kind, "organization": organization} if kind in ActivityKind.values else {}
