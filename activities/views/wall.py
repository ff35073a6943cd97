"""The code on the wall: shown by the center, scanned by residents, who then say that they are here."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from accounts.domain.requests import SignedInRequest
from activities.access import led_activity
from activities.exceptions import WallCodeExpired
from activities.forms.sign_ups import JoinForm
from activities.models import Activity, SignUp
from activities.selectors.detail import person_options
from activities.selectors.wall import arrival_page, is_door_open, wall_page
from activities.services.check_in import check_in_own
from activities.services.door_sign_ups import sign_up_at_wall
from activities.values.door import SCAN_LASTS, is_on_wall, wall_code
from activities.views.public import shown_activity, unsent_form
from common import clock
from common.http.drafts import keeps_draft
from common.http.forms import render_form, submit_action, submit_form
from common.http.htmx import render_page
from common.http.views import private_form, private_page, public_page

SCANS = "wall_scans"


@private_page
def wall_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    """The code on the wall, alone on the screen; it renews itself, with a script and without."""
    activity = led_activity(request.user, reference)
    code = wall_code(activity.reference, clock.now())
    scanned = reverse("activities:wall_scan", args=[activity.reference, code])
    context = {**wall_page(activity), "scanned_url": request.build_absolute_uri(scanned)}
    return render_page(request, "activities/wall_detail.html", "activities/partials/_wall.html", context)


@public_page
@never_cache
def wall_scan(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """The address in the code: remembers, in this browser alone, that its holder stands at the wall."""
    activity = shown_activity(request.user, reference)
    if not is_on_wall(activity.reference, code, clock.now()):
        return _expired(request, activity)
    standing = {name: at for name, at in request.session.get(SCANS, {}).items() if _is_fresh(at)}
    request.session[SCANS] = {**standing, activity.reference: clock.now().isoformat()}
    return redirect("activities:wall_arrive", activity.reference)


@private_form
def wall_arrive(request: SignedInRequest, reference: str) -> HttpResponse:
    """One's own people in this activity (GET); those ticked are here (POST)."""
    activity = shown_activity(request.user, reference)
    if request.method == "POST":
        return submit_action(
            request,
            lambda _typed: check_in_own(
                actor=request.user,
                activity=activity,
                codes=request.POST.getlist("here"),
                scanned_at=scanned_at(request, activity),
            ),
            success=_here_words,
            redirect_to=reverse("activities:wall_arrive", args=[activity.reference]),
        )
    return _arrival(request, activity)


@keeps_draft
@private_form
def wall_join(request: SignedInRequest, reference: str) -> HttpResponse:
    """Sign people up at the door and check them in (POST); a look leads to the form."""
    activity = shown_activity(request.user, reference)
    if request.method != "POST":
        return redirect("activities:wall_arrive", activity.reference)
    options = person_options(request.user, activity)
    form = JoinForm(request.POST, activity=activity, options=options, initial={})
    done = submit_form(
        request,
        form,
        lambda _typed: sign_up_at_wall(
            actor=request.user, activity=activity, party=form.party(), scanned_at=scanned_at(request, activity)
        ),
        success=_here_words,
        redirect_to=reverse("activities:wall_arrive", args=[activity.reference]),
    )
    if done:
        return done
    activity.refresh_from_db(fields=["seats_taken", "waiting", "state"])
    return _arrival(request, activity, form)


def scanned_at(request: HttpRequest, activity: Activity) -> dt.datetime | None:
    """Moment at which this browser scanned the code of the activity; None where it hasn't lately."""
    at = request.session.get(SCANS, {}).get(activity.reference)
    return dt.datetime.fromisoformat(at) if at and _is_fresh(at) else None


def _is_fresh(at: str) -> bool:
    return clock.now() - dt.datetime.fromisoformat(at) <= SCAN_LASTS


def _arrival(request: SignedInRequest, activity: Activity, form: JoinForm | None = None) -> HttpResponse:
    """The page of who scanned; with words instead where the scan is too long ago or the door is shut."""
    options = person_options(request.user, activity)
    context = arrival_page(request.user, activity, options)
    has_scanned = scanned_at(request, activity) is not None
    if not has_scanned and not context["here"]:
        return _expired(request, activity)
    sent_to = reverse("activities:wall_join", args=[activity.reference])
    form = form or unsent_form(request, activity, options, sent_to)
    context |= {"is_open": is_door_open(activity), "has_scanned": has_scanned}
    return render_form(request, "activities/wall_arrive.html", form, context)


def _expired(request: HttpRequest, activity: Activity) -> HttpResponse:
    context = {"activity": activity, "center": activity.center, "words": WallCodeExpired.message}
    return render(request, "activities/wall_expired.html", context, status=WallCodeExpired.status)


def _here_words(fresh: list[SignUp]) -> str:
    """Words for people checked in; for none, that they were before."""
    if not fresh:
        return _("You were checked in before. Each person counts once.")
    return ngettext("Welcome. %(n)s person is checked in.", "Welcome. %(n)s people are checked in.", len(fresh)) % {
        "n": len(fresh)
    }
