"""The person to talk to at an organisation: set by those who manage its center, called by those who work there."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from common.http.forms import one_at_a_time, render_form, submit_form
from common.http.views import posted, private_action, private_form
from common.words.names import zh
from organizations.access import managed_organization, workable_organization
from organizations.forms.organizations import LiaisonForm
from organizations.models import Liaison
from organizations.selectors.organizations import organization_page
from organizations.services import liaisons


@private_form
def liaison_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Set or erase the liaison."""
    organization = managed_organization(request.user, pk)
    with one_at_a_time(request, "organizations.liaison", pk):
        liaison = Liaison.objects.select_related("user").filter(organization=organization).first()
        form = LiaisonForm(posted(request), liaison=liaison)

        def save(typed: dict[str, Any]) -> Liaison | None:
            if not typed["name"]:
                liaisons.remove_liaison(actor=request.user, organization=organization)
                return None
            typed.pop("version", None)
            return liaisons.set_liaison(actor=request.user, organization=organization, **typed)

        done = submit_form(
            request,
            form,
            save,
            success=lambda saved: (
                format_html(_("Saved: {name}."), name=zh(saved.name)) if saved else _("The liaison is erased.")
            ),
            redirect_to=organization.get_absolute_url(),
        )
    context = {"center": organization.center, "organization": organization}
    return done or render_form(request, "organizations/liaison_form.html", form, context)


@private_action
def liaison_phone(request: SignedInRequest, pk: int) -> HttpResponse:
    """The organisation with its liaison's number in full: by POST, since seeing it leaves a line."""
    organization = workable_organization(request.user, pk)
    phone = liaisons.reveal_phone(actor=request.user, organization=organization)
    context = organization_page(request.user, organization)
    return render(request, "organizations/organization_detail.html", {**context, "phone": phone})
