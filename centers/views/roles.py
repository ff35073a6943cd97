"""Who works at a center: roles granted and ended, accounts made."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from centers import access, permissions
from centers.access import managed_center
from centers.choices import Role
from centers.forms.roles import EndForm, GrantForm, StaffForm
from centers.models import Center, CenterRole
from centers.selectors.setup import held_roles, is_last_managing, manages_by_this_alone
from centers.services import setup as services
from common import clock
from common.errors import DomainError
from common.words.times import date_words


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def role_list(request: HttpRequest, code: str) -> HttpResponse:
    """Roles here now and to come, and a form to grant one."""
    center = managed_center(request.user, code)
    form = GrantForm(
        request.POST or None, roles=permissions.grantable_roles(request.user, center), initial={"first": clock.today()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.grant_role(actor=request.user, center=center, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field, str(error))
        else:
            return _done(request, center, _("The role is granted."))
    return _page(request, center, "centers/role_list.html", form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def staff_create(request: HttpRequest, code: str) -> HttpResponse:
    """A new account with its first role."""
    center = managed_center(request.user, code)
    form = StaffForm(
        request.POST or None, roles=permissions.grantable_roles(request.user, center), initial={"first": clock.today()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.add_staff(actor=request.user, center=center, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return _done(request, center, _("The account is made. It can sign in now."))
    return _page(request, center, "centers/staff_create.html", form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def role_end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Let a role end on a day (POST). One's own is asked about first (GET): who ends it may have no way back."""
    center = managed_center(request.user, code)
    not_over = CenterRole.objects.not_over(clock.today()).select_related("user")
    role = get_object_or_404(not_over.filter(center=center), pk=pk)
    if Role(role.role) not in permissions.grantable_roles(request.user, center):
        raise PermissionDenied
    form = EndForm(request.POST if request.method == "POST" else None, initial={"last": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            ended = services.end_role(actor=request.user, role=role, last=form.cleaned_data["last"])
        except DomainError as error:
            form.add_error(error.field, str(error))
        else:
            return _ended(request, center, ended, form.cleaned_data["last"])
    context = {
        "center": center,
        "form": form,
        "role": role,
        "is_last": is_last_managing(role, clock.today()),
        "is_way_in": role.user == request.user and manages_by_this_alone(role),
    }
    return render(request, "centers/role_end.html", context, status=422 if form.errors else 200)


def _ended(request: HttpRequest, center: Center, role: CenterRole, last: dt.date) -> HttpResponse:
    """Back to the list, or for who may no longer see it to their work, or to the entrance."""
    messages.success(request, _("The role ends: its last day is %(day)s.") % {"day": date_words(last)})
    if is_last_managing(role, last + dt.timedelta(days=1)):
        messages.warning(request, _("After that day nobody has a managing role at this center itself."))
    if permissions.can_manage(request.user, center):
        return redirect("centers:role_list", code=center.code)
    return redirect("pages:workbench" if access.has_any_role(request.user) else "pages:home")


def _done(request: HttpRequest, center: Center, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("centers:role_list", code=center.code)


def _page(request: HttpRequest, center: Center, template: str, form: Any) -> HttpResponse:
    context = {"center": center, "form": form, "roles": held_roles(request.user, center), "today": clock.today()}
    return render(request, template, context, status=422 if form.errors else 200)
