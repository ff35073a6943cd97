"""One's own sign-ups: sign up, the ticket, answer an offer, cancel."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from activities.exceptions import AlreadyIn, SignUpOver
from activities.forms.sign_ups import JoinForm
from activities.models import Activity, SignUp
from activities.selectors.calendar import ticket_event
from activities.selectors.detail import person_options
from activities.selectors.mine import for_tickets, own_coming, own_past, shown_tag, ticket_page
from activities.services.participants import sign_up_party
from activities.services.sign_ups import accept_offer, decline_offer, leave
from activities.values.people import Party
from activities.views.public import detail_context, first_answers, shown_activity
from common.calendar_files import calendar_response
from common.http.drafts import keeps_draft
from common.http.forms import render_form, submit_action, submit_form
from common.http.next_page import next_of
from common.http.views import posted, private_action, private_form, private_page

ROWS_A_PAGE = 20


@keeps_draft
@private_form
def sign_up_create(request: SignedInRequest, reference: str) -> HttpResponse:
    """Sign people up (POST); a look leads to the form on the activity's page. The same again shows what stands."""
    activity = shown_activity(request.user, reference)
    if request.method != "POST":
        return redirect(f"{activity.get_absolute_url()}#join")
    options = person_options(request.user, activity)
    initial = first_answers(request.user, activity, options)
    form = JoinForm(request.POST, activity=activity, options=options, initial=initial)
    party = form.party() if form.is_valid() else Party()
    done = submit_form(
        request,
        form,
        lambda _typed: sign_up_party(actor=request.user, activity=activity, party=party),
        success="",
        redirect_to=lambda made: f"{made[0].get_absolute_url()}?new=1",
    )
    if done:
        return done
    if isinstance(form.refusal, AlreadyIn) and (standing := _standing(request, activity, party)):
        return redirect(standing)
    activity.refresh_from_db(fields=["seats_taken", "waiting", "state"])
    context = detail_context(request, activity, person_options(request.user, activity), form)
    return render_form(request, "activities/activity_detail.html", form, context)


def _standing(request: SignedInRequest, activity: Activity, party: Party) -> SignUp | None:
    """A sign-up that stands of a party that is in already, whole: what a second click sends again."""
    live = SignUp.objects.own(request.user).live().filter(activity=activity).select_related("participant")
    known = {sign_up.participant_id: sign_up for sign_up in live}
    names = {sign_up.participant.name for sign_up in live}
    is_whole = known.keys() >= set(party.chosen) and names >= {newcomer.name for newcomer in party.newcomers}
    return next(iter(known.values()), None) if is_whole else None


@private_page
def sign_up_list(request: SignedInRequest) -> HttpResponse:
    """One's own sign-ups: those to come, then those that were."""
    page = Paginator(own_past(request.user), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "coming": [(sign_up, shown_tag(sign_up)) for sign_up in own_coming(request.user)],
        "page": page,
        "past": [(sign_up, shown_tag(sign_up)) for sign_up in page],
    }
    return render(request, "activities/sign_up_list.html", context)


@private_page
def sign_up_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """The ticket, for its account and for those who work at the center; right after signing up, the page of success."""
    context = ticket_page(request.user, visible_sign_up(request, code), is_new="new" in request.GET)
    return render(request, "activities/sign_up_detail.html", context)


@private_page
def sign_up_calendar(request: SignedInRequest, code: str) -> HttpResponse:
    """The activity as a file for one's calendar, with the code, and the link for those who join online."""
    sign_up = visible_sign_up(request, code)
    event = ticket_event(sign_up, request.build_absolute_uri, account=request.user)
    return calendar_response(event, sign_up.activity.reference)


@private_action
def sign_up_accept(request: SignedInRequest, code: str) -> HttpResponse:
    """Take the place that was offered."""
    sign_up = visible_sign_up(request, code)
    return submit_action(
        request,
        lambda _typed: accept_offer(actor=request.user, sign_up=sign_up),
        success=_("The place is yours."),
        redirect_to=next_of(request) or sign_up,
    )


@private_action
def sign_up_decline(request: SignedInRequest, code: str) -> HttpResponse:
    """Leave the place that was offered to the next in the line."""
    sign_up = visible_sign_up(request, code)
    return submit_action(
        request,
        lambda _typed: decline_offer(actor=request.user, sign_up=sign_up),
        success=_("Left to the next in the line. Thank you."),
        redirect_to=next_of(request) or sign_up,
    )


@private_form
def sign_up_leave(request: SignedInRequest, code: str) -> HttpResponse:
    """Page that asks once (GET), then cancels (POST); back to the page it was asked on, if said, or to the ticket."""
    sign_up = visible_sign_up(request, code)
    form = forms.Form(posted(request))
    done = submit_form(
        request,
        form,
        lambda _typed: leave(actor=request.user, sign_up=sign_up),
        success=_("Cancelled. The place goes to who waits."),
        redirect_to=next_of(request) or sign_up,
    )
    if done:
        return done
    sign_up = visible_sign_up(request, code)
    context = {**ticket_page(request.user, sign_up, is_new=False), "next": next_of(request), "over": SignUpOver.message}
    return render_form(request, "activities/sign_up_leave.html", form, context)


def visible_sign_up(request: SignedInRequest, code: str) -> SignUp:
    """A sign-up as its account and the center see it; to anybody else it doesn't exist."""
    visible = for_tickets(SignUp.objects.visible_to(request.user)).prefetch_related("activity__events")
    return get_object_or_404(visible, code=code)
