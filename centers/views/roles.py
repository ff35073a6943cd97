"""Who works at a center: roles granted and ended, accounts made."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from centers import permissions, services
from centers.exceptions import NotAllowed, RoleAboveOwn
from centers.forms.roles import EndForm, GrantForm, StaffForm
from centers.models import Center, CenterRole
from centers.selectors import held_roles
from centers.views.reach import managed_center
from common import clock
from common.errors import DomainError
from common.methods import posts_alone


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def role_list(request: HttpRequest, code: str) -> HttpResponse:
    """Roles here now and to come, and a form to grant one."""
    center = managed_center(request.user, code)
    form = GrantForm(request.POST or None, roles=permissions.grantable_roles(request.user, center), initial={"first": clock.today()})
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
    form = StaffForm(request.POST or None, roles=permissions.grantable_roles(request.user, center), initial={"first": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            services.add_staff(actor=request.user, center=center, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            return _done(request, center, _("The account is made. It can sign in now."))
    return _page(request, center, "centers/staff_create.html", form)


@login_required
@posts_alone
def role_end(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Let a role end on a day."""
    center = managed_center(request.user, code)
    role = get_object_or_404(CenterRole.objects.filter(center=center), pk=pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say the last day of the role."))
        return redirect("centers:role_list", code=code)
    try:
        services.end_role(actor=request.user, role=role, last=form.cleaned_data["last"])
    except (NotAllowed, RoleAboveOwn) as error:
        raise PermissionDenied from error
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("centers:role_list", code=code)
    return _done(request, center, _("The role ends on that day."))


def _done(request: HttpRequest, center: Center, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("centers:role_list", code=center.code)


def _page(request: HttpRequest, center: Center, template: str, form: Any) -> HttpResponse:
    context = {"center": center, "form": form, "roles": held_roles(request.user, center), "today": clock.today()}
    return render(request, template, context, status=422 if form.errors else 200)
