"""The desk of an activity: who is here, who isn't yet, who comes along. Every button works without a script."""

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm, CheckboxInput
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from activities import permissions
from activities.access import led_activity, led_sign_up
from activities.choices import SignUpState
from activities.exceptions import SamePersonElsewhere
from activities.forms.desk import CodeForm, CountForm, DeskSignUpForm, RemoveForm, UndoCountForm
from activities.models import Activity, SignUp
from activities.selectors.desk import desk_page
from activities.services import check_in as door
from activities.services.desk import reveal_phone, sign_up_at_desk
from activities.services.sign_ups import leave
from common.errors import DomainError
from common.http.forms import refusal_of, render_form, submit_action, submit_form
from common.http.htmx import render_fragment, render_page, wants_fragment
from common.http.views import posted, private_action, private_form, private_page
from common.words.names import zh

PAGE, FRAGMENT = "activities/desk_detail.html", "activities/partials/_desk.html"


@private_page
def desk_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    """The desk; `q` finds somebody in the list."""
    activity = led_activity(request.user, reference)
    context = desk_page(activity, request.GET.get("q", ""))
    context["can_reopen"] = context["is_archived"] and permissions.can_reopen(request.user, activity)
    return render_page(request, PAGE, FRAGMENT, context)


@private_action
def desk_check_in(request: SignedInRequest, reference: str) -> HttpResponse:
    """Check somebody in by their code: scanned, typed, or that of the name pressed."""
    activity = led_activity(request.user, reference)
    return _at_door(
        request,
        activity,
        CodeForm(request.POST),
        lambda data: door.check_in(actor=request.user, activity=activity, code=data["code"]),
        success=lambda sign_up: format_html(_("Here: {name}."), name=zh(sign_up.participant.name)),
        # Who scans goes on scanning.
        is_scanning="name" not in request.POST,
    )


@private_action
def desk_check_in_undo(request: SignedInRequest, reference: str) -> HttpResponse:
    """Take a check-in back."""
    activity = led_activity(request.user, reference)
    return _at_door(
        request,
        activity,
        CodeForm(request.POST),
        lambda data: door.undo_check_in(actor=request.user, activity=activity, code=data["code"]),
        success=lambda sign_up: format_html(_("Taken back: {name}."), name=zh(sign_up.participant.name)),
    )


@private_action
def desk_count(request: SignedInRequest, reference: str) -> HttpResponse:
    """Count people who hadn't signed up."""
    activity = led_activity(request.user, reference)
    return _at_door(
        request,
        activity,
        CountForm(request.POST),
        lambda data: door.count_walk_ins(actor=request.user, activity=activity, count=data["count"]),
        success=lambda counted: _("Counted: +%(n)s.") % {"n": counted.count},
    )


@private_action
def desk_count_undo(request: SignedInRequest, reference: str) -> HttpResponse:
    """Take a count back; pressed twice, once."""
    activity = led_activity(request.user, reference)
    return _at_door(
        request,
        activity,
        UndoCountForm(request.POST),
        lambda data: door.undo_walk_ins(actor=request.user, activity=activity, counted=data["counted"]),
        success=lambda counted: _("Taken back: +%(n)s.") % {"n": -counted.count},
    )


@private_form
def desk_sign_up(request: SignedInRequest, reference: str) -> HttpResponse:
    """Sign up somebody who stands at the desk or calls; noted as done by staff."""
    activity = led_activity(request.user, reference)
    form = DeskSignUpForm(posted(request), activity=activity)
    done = submit_form(
        request,
        form,
        lambda data: sign_up_at_desk(actor=request.user, activity=activity, person=form.person()),
        success=signed_up_words,
        redirect_to=activity.get_desk_url(),
    )
    if done:
        return done
    if isinstance(refusal_of(form), SamePersonElsewhere):
        form.fields["is_another_person"].widget = CheckboxInput()
    context = {"activity": activity, "center": activity.center}
    return render_form(request, "activities/desk_sign_up.html", form, context)


@private_form
def desk_remove(request: SignedInRequest, reference: str, code: str) -> HttpResponse:
    """Page that asks once (GET), then takes somebody out (POST); the place goes to the next who waits."""
    activity = led_activity(request.user, reference)
    sign_up = led_sign_up(request.user, activity, code)
    form = RemoveForm(posted(request))
    done = submit_form(
        request,
        form,
        lambda data: leave(actor=request.user, sign_up=sign_up, reason=data["reason"]),
        success=format_html(_("Taken out: {name}. Who signed them up is told."), name=zh(sign_up.participant.name)),
        redirect_to=activity.get_desk_url(),
    )
    context = {"activity": activity, "center": activity.center, "sign_up": sign_up}
    return done or render_form(request, "activities/desk_remove.html", form, context)


@private_action
def desk_phone(request: SignedInRequest, reference: str, code: str) -> HttpResponse:
    """The desk with one number in full: by POST, since seeing it leaves a line.

    In a list the number takes the place of the button that was pressed.
    """
    activity = led_activity(request.user, reference)
    sign_up = led_sign_up(request.user, activity, code)
    phone = reveal_phone(actor=request.user, sign_up=sign_up)
    if wants_fragment(request):
        return render_fragment(request, "components/_called.html", {"phone": phone})
    context = {**desk_page(activity), "phone": phone, "phone_of": sign_up}
    return render(request, PAGE, context)


def signed_up_words(sign_up: SignUp) -> str:
    """Words for somebody signed up at the desk: in, or waiting."""
    words = _("Signed up: {name}.") if sign_up.state == SignUpState.IN else _("On the waitlist: {name}.")
    return format_html(words, name=zh(sign_up.participant.name))


def _at_door(
    request: SignedInRequest,
    activity: Activity,
    form: BaseForm,
    service: Callable[[dict[str, Any]], Any],
    *,
    success: Callable[[Any], str],
    is_scanning: bool = False,
) -> HttpResponse:
    """Answer of a button at the door: the desk as it is now, with what was refused."""

    def shown(refusal: DomainError | None) -> dict[str, Any]:
        activity.refresh_from_db()
        return {**desk_page(activity), "refusal": refusal, "is_scanning": is_scanning}

    return submit_action(
        request,
        service,
        form=form,
        success=success,
        redirect_to=activity.get_desk_url(),
        fragment=(FRAGMENT, shown),
    )
