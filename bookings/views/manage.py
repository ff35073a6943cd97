"""Rooms and rules of booking, set up by those who manage the center."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bookings.access import managed_space
from bookings.domain.policies import resolve
from bookings.forms.policy import PolicyForm
from bookings.forms.space import EditSpaceForm, NewSpaceForm, SpaceForm
from bookings.models import Booking, BookingPolicy, Space
from bookings.selectors import spaces as space_selectors
from bookings.selectors.policy import inherited_policy
from bookings.selectors.unusable import unusable_days
from bookings.services.spaces import CHANGEABLE, add_space, change_space, set_policy
from bookings.values.policy import FIELDS
from centers.access import managed_center
from centers.models import Center
from common.http.forms import one_at_a_time, render_form, submit_form
from common.http.views import posted, private_form, private_page
from common.words.names import zh


@private_page
def space_list_manage(request: HttpRequest, code: str) -> HttpResponse:
    """The rooms of a center, those out of use too."""
    center = managed_center(request.user, code)
    spaces = space_selectors.rooms_of(center)
    policies = resolve([space.pk for space in spaces])
    context = {"center": center, "rooms": [(space, policies[space.pk][0]) for space in spaces]}
    return render(request, "bookings/space_list_manage.html", context)


@private_form
def space_create(request: HttpRequest, code: str) -> HttpResponse:
    """Add a room, or a hall made of rooms. Sent twice, the second says that the name is taken."""
    center = managed_center(request.user, code)
    form = NewSpaceForm(posted(request), center=center)
    if done := submit_form(
        request,
        form,
        lambda data: add_space(actor=request.user, center=center, **data),
        success=lambda space: format_html(_("Added: {room}."), room=zh(space.shown_name)),
        redirect_to=reverse("bookings:space_list_manage", args=[center.code]),
    ):
        return done
    return render_form(request, "bookings/space_form.html", form, {"center": center})


@private_form
def space_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a room. What it is made of stays."""
    space = managed_space(request.user, pk)
    with one_at_a_time(request, "bookings.space", space.pk):
        space.refresh_from_db(fields=CHANGEABLE)
        form = EditSpaceForm(posted(request), initial=SpaceForm.initial_of(space))
        done = submit_form(
            request,
            form,
            lambda data: change_space(actor=request.user, space=space, **{name: data[name] for name in CHANGEABLE}),
            success=lambda changed: format_html(_("Saved: {room}."), room=zh(changed.shown_name)),
            redirect_to=reverse("bookings:space_list_manage", args=[space.center.code]),
        )
    if done:
        warn_of_bookings(request, space)
        return done
    context = {"center": space.center, "space": space, "sharing": space_selectors.sharing_cells_with(space)}
    return render_form(request, "bookings/space_form.html", form, context)


def warn_of_bookings(request: HttpRequest, space: Space) -> None:
    """Say how many bookings to come can't be used as the room is now: it is out of use, or too small."""
    left = len(unusable_days(Booking.objects.filter(space=space)))
    if left:
        words = ngettext(
            "%(n)d booking of it still stands. Cancel it, or let it be used.",
            "%(n)d bookings of it still stand. Cancel them, or let them be used.",
            left,
        )
        messages.warning(request, words % {"n": left})


@private_form
def policy_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Rules of booking of a center and what is below it."""
    center = managed_center(request.user, code)
    return policy_page(request, center, None, reverse("pages:center_manage", args=[center.code]))


@private_form
def space_policy_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rules of booking of one room."""
    space = managed_space(request.user, pk)
    return policy_page(request, space.center, space, reverse("bookings:space_list_manage", args=[space.center.code]))


def policy_page(request: HttpRequest, center: Center, space: Space | None, done_url: str) -> HttpResponse:
    """Form for the policy of a center, or of one of its rooms."""
    owner: dict[str, Any] = {"space": space} if space else {"center": center}
    with one_at_a_time(request, "bookings.policy", center.pk):
        form = PolicyForm(
            posted(request),
            instance=BookingPolicy.objects.filter(**owner).first(),
            inherited=inherited_policy(center, for_room=space is not None),
        )
        done = submit_form(
            request,
            form,
            lambda data: set_policy(actor=request.user, **owner, **{name: data[name] for name in FIELDS}),
            success=_("Saved. It holds for bookings made from now on."),
            redirect_to=done_url,
        )
    context = {"center": center, "space": space, "done_url": done_url}
    return done or render_form(request, "bookings/policy_form.html", form, context)
