"""Roles at a center: granted and ended; accounts of staff made."""

import datetime as dt
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from centers import permissions
from centers.access import managed_center
from centers.choices import Role
from centers.forms.roles import EndForm, GrantForm, StaffForm
from centers.models import Center, CenterRole
from centers.selectors.roles import held_roles, is_last_managing, manages_by_this_alone
from centers.services.roles import add_staff, end_role, grant_role, withdraw_role
from common import clock
from common.http.forms import render_form, submit_form
from common.http.views import posted, private_form
from common.words.names import zh
from common.words.times import date_words


@private_form
def role_list(request: HttpRequest, code: str) -> HttpResponse:
    """Roles here now and to come, and a form to grant one."""
    center = managed_center(request.user, code)
    form = GrantForm(
        posted(request), roles=permissions.grantable_roles(request.user, center), initial={"first": clock.today()}
    )
    saved = submit_form(
        request,
        form,
        lambda typed: grant_role(actor=request.user, center=center, **typed),
        success=_("The role is granted."),
        redirect_to=reverse("centers:role_list", args=[code]),
    )
    context = {"center": center, "roles": held_roles(request.user, center)}
    return saved or render_form(request, "centers/role_list.html", form, context)


@private_form
def staff_create(request: HttpRequest, code: str) -> HttpResponse:
    """A new account with its first role."""
    center = managed_center(request.user, code)
    form = StaffForm(
        posted(request), roles=permissions.grantable_roles(request.user, center), initial={"first": clock.today()}
    )
    saved = submit_form(
        request,
        form,
        lambda typed: add_staff(actor=request.user, center=center, **typed),
        success=_("The account is made. It can sign in now."),
        redirect_to=reverse("centers:role_list", args=[code]),
    )
    return saved or render_form(request, "centers/staff_create.html", form, {"center": center})


@private_form
def role_end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Ask about a role's end (GET), and let it end on a day or at once (POST).

    Who ends their own may have no way back.
    """
    center = managed_center(request.user, code)
    not_over = CenterRole.objects.not_over(clock.today()).select_related("user")
    role = get_object_or_404(not_over.filter(center=center), pk=pk)
    if Role(role.role) not in permissions.grantable_roles(request.user, center):
        raise PermissionDenied
    form = EndForm(posted(request), initial={"last": clock.today()})
    ended = submit_form(
        request,
        form,
        lambda typed: (
            withdraw_role(actor=request.user, role=role)
            if typed["at_once"]
            else end_role(actor=request.user, role=role, last=typed["last"])
        ),
        success=ended_words,
        redirect_to=lambda held: _after_the_end(request, center, held),
    )
    context = {
        "center": center,
        "role": role,
        "is_last": is_last_managing(role, clock.today()),
        "is_way_in": role.user == request.user and manages_by_this_alone(role),
    }
    return ended or render_form(request, "centers/role_end.html", form, context)


def ended_words(role: CenterRole) -> str:
    """Words for whose role ended, and when."""
    parts = {"person": zh(role.user), "role": role.get_role_display()}
    if role.withdrawn_at is not None:
        return format_html(_("{person} no longer has the role “{role}”."), **parts)
    return format_html(
        _("{person} keeps the role “{role}” until {day}, its last day."),
        **parts,
        day=date_words(cast(dt.date, role.last_day)),
    )


def _after_the_end(request: HttpRequest, center: Center, role: CenterRole) -> str:
    """Back to the list, or for who may no longer see it to wherever signing in would lead them."""
    over_from = clock.today() if role.withdrawn_at is not None else role.valid.upper
    if is_last_managing(role, over_from):
        messages.warning(request, _("After that nobody has a managing role at this center itself."))
    if permissions.can_manage(request.user, center):
        return reverse("centers:role_list", args=[center.code])
    return str(settings.LOGIN_REDIRECT_URL)
