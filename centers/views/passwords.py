"""A new password for somebody who works at a center and forgot theirs."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from centers.access import managed_center
from centers.forms.roles import NewPasswordForm
from centers.models import CenterRole
from centers.services import setup as services
from common import clock
from common.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters("password")
@login_required
def staff_password(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give the person of a role here a new password.

    Where that isn't the viewer's to do, 403 with the reason in words.
    """
    center = managed_center(request.user, code)
    role = get_object_or_404(
        CenterRole.objects.not_over(clock.today()).filter(center=center).select_related("user"), pk=pk
    )
    context: dict[str, Any] = {"center": center, "person": role.user}
    try:
        services.check_giving_password(actor=request.user, person=role.user)
    except DomainError as refusal:
        return render(request, "centers/staff_password.html", context | {"refusal": str(refusal)}, status=403)
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.give_password(actor=request.user, person=role.user, password=form.cleaned_data["password"])
        except DomainError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("The new password holds from now on. Hand it over in person."))
            return redirect("centers:role_list", code=code)
    return render(request, "centers/staff_password.html", context | {"form": form}, status=422 if form.errors else 200)
