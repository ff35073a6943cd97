"""Rooms and rules of booking, set up by those who manage the center."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bookings.access import managed_space
from bookings.domain.policies import resolve
from bookings.exceptions import BookingError
from bookings.forms.policy import PolicyForm
from bookings.forms.space import NewSpaceForm, SpaceForm
from bookings.models import BookingPolicy, Space
from bookings.selectors import spaces as rooms
from bookings.selectors.policy import inherited_policy
from bookings.services import spaces as setup_services
from bookings.values.policy import FIELDS
from centers.access import managed_center
from centers.models import Center
from common.words.names import zh


@require_safe
@never_cache
@login_required
def space_list_manage(request: HttpRequest, code: str) -> HttpResponse:
    """The rooms of a center, those out of use too."""
    center = managed_center(request.user, code)
    spaces = rooms.rooms_of(center)
    policies = resolve([space.pk for space in spaces])
    context = {"center": center, "rooms": [(space, policies[space.pk][0]) for space in spaces]}
    return render(request, "bookings/space_list_manage.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def space_create(request: HttpRequest, code: str) -> HttpResponse:
    """Add a room, or a hall made of rooms. Sent twice, the second says that the name is taken."""
    center = managed_center(request.user, code)
    form = NewSpaceForm(request.POST if request.method == "POST" else None, center=center)
    if request.method == "POST" and form.is_valid():
        try:
            space = setup_services.add_space(actor=request.user, center=center, **form.cleaned_data)
        except BookingError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, format_html(_("Added: {room}."), room=zh(space.shown_name)))
            return redirect("bookings:space_list_manage", code=center.code)
    return form_page(request, "bookings/space_form.html", form, center=center)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def space_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a room. What it is made of stays."""
    space = managed_space(request.user, pk)
    form = SpaceForm(request.POST if request.method == "POST" else None, initial=SpaceForm.initial_of(space))
    if request.method == "POST" and form.is_valid():
        try:
            setup_services.change_space(actor=request.user, space=space, **form.cleaned_data)
        except BookingError as error:
            form.add_error(error.field, str(error))
        else:
            say_saved(request, space)
            return redirect("bookings:space_list_manage", code=space.center.code)
    context = {"center": space.center, "space": space, "sharing": rooms.sharing_cells_with(space)}
    return form_page(request, "bookings/space_form.html", form, **context)


def say_saved(request: HttpRequest, space: Space) -> None:
    """Say that it's saved, and what a room out of use still owes."""
    messages.success(request, format_html(_("Saved: {room}."), room=zh(space.shown_name)))
    left = 0 if space.is_active else rooms.bookings_to_come(space)
    if left:
        words = ngettext(
            "%(n)d booking of it still stands. Cancel it, or let it be used.",
            "%(n)d bookings of it still stand. Cancel them, or let them be used.",
            left,
        )
        messages.warning(request, words % {"n": left})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def policy_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Rules of booking of a center and what is below it."""
    center = managed_center(request.user, code)
    return policy_page(request, center, None, reverse("pages:center_manage", args=[center.code]))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def space_policy_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rules of booking of one room."""
    space = managed_space(request.user, pk)
    return policy_page(request, space.center, space, reverse("bookings:space_list_manage", args=[space.center.code]))


def policy_page(request: HttpRequest, center: Center, space: Space | None, done_url: str) -> HttpResponse:
    owner: dict[str, Any] = {"space": space} if space else {"center": center}
    policy = BookingPolicy.objects.filter(**owner).first()
    form = PolicyForm(
        request.POST if request.method == "POST" else None,
        instance=policy,
        inherited=inherited_policy(center, for_room=space is not None),
    )
    if request.method == "POST" and form.is_valid():
        setup_services.set_policy(actor=request.user, **owner, **{name: form.cleaned_data[name] for name in FIELDS})
        messages.success(request, _("Saved. It holds for bookings made from now on."))
        return redirect(done_url)
    return form_page(request, "bookings/policy_form.html", form, center=center, space=space, done_url=done_url)


def form_page(request: HttpRequest, template: str, form: BaseForm, **context: Any) -> HttpResponse:
    """The form, as it was typed; 400 if it comes back with something to change."""
    return render(request, template, {"form": form, **context}, status=400 if form.errors else 200)
