"""A new password for somebody who works at a center and forgot theirs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from centers.access import managed_center
from centers.forms.roles import NewPasswordForm
from centers.models import CenterRole
from centers.services.roles import check_giving_password, give_password
from common import clock
from common.errors import DomainError
from common.http.forms import render_form, submit_form
from common.http.views import posted, private_form


@private_form
@sensitive_post_parameters("password")
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
        check_giving_password(actor=request.user, person=role.user)
    except DomainError as refusal:
        return render(request, "centers/staff_password.html", context | {"refusal": str(refusal)}, status=403)
    form = NewPasswordForm(posted(request))
    given = submit_form(
        request,
        form,
        lambda typed: give_password(actor=request.user, person=role.user, password=typed["password"]),
        success=_("The new password holds from now on. Hand it over in person."),
        redirect_to=reverse("centers:role_list", args=[code]),
    )
    return given or render_form(request, "centers/staff_password.html", form, context)
