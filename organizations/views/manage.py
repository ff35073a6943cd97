"""Organisations of a center, set up by those who manage it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from centers.access import managed_center, scope
from centers.choices import MANAGING
from common.http.forms import one_at_a_time, render_form, submit_action, submit_form
from common.http.views import posted, private_action, private_form, private_page
from common.words.names import zh
from common.words.times import date_words
from organizations.access import managed_organization
from organizations.forms.organizations import DissolveForm, EditOrganizationForm, MoveForm, OrganizationForm
from organizations.models import Organization
from organizations.selectors.organizations import organizations_of, parent_choices
from organizations.services import organizations as services


@private_page
def organization_list_manage(request: HttpRequest, code: str) -> HttpResponse:
    """The organisations of a center, dissolved ones too."""
    center = managed_center(request.user, code)
    context = {"center": center, "organizations": organizations_of(center)}
    return render(request, "organizations/organization_list_manage.html", context)


@private_form
def organization_create(request: HttpRequest, code: str) -> HttpResponse:
    """Enter an organisation. Sent twice, the second says that the name is taken."""
    center = managed_center(request.user, code)
    form = OrganizationForm(posted(request), parents=parent_choices(center))
    done = submit_form(
        request,
        form,
        lambda typed: services.create_organization(actor=request.user, center=center, **typed),
        success=lambda made: format_html(_("Added: {name}."), name=zh(made.shown_name)),
        redirect_to=reverse("organizations:organization_list_manage", args=[code]),
    )
    return done or render_form(request, "organizations/organization_form.html", form, {"center": center})


@private_form
def organization_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is public about an organisation."""
    organization = managed_organization(request.user, pk)
    with one_at_a_time(request, "organizations.organization", pk):
        organization.refresh_from_db(fields=[*services.CHANGEABLE, "is_name_en_derived"])
        form = EditOrganizationForm(
            posted(request),
            initial=OrganizationForm.initial_of(organization),
            parents=parent_choices(organization.center, organization),
        )
        done = submit_form(
            request,
            form,
            lambda typed: services.change_organization(
                actor=request.user,
                organization=organization,
                **{name: typed[name] for name in services.CHANGEABLE},
            ),
            success=lambda changed: format_html(_("Saved: {name}."), name=zh(changed.shown_name)),
            redirect_to=_list_of(organization),
        )
    return done or render_form(request, "organizations/organization_form.html", form, _context(organization))


@private_form
def organization_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move an organisation to another center on a date."""
    organization = managed_organization(request.user, pk)
    within = scope(request.user, MANAGING).exclude(pk=organization.center.pk).in_register_order()
    form = MoveForm(posted(request), centers=within)
    done = submit_form(
        request,
        form,
        lambda typed: services.move_organization(actor=request.user, organization=organization, **typed),
        success=lambda row: format_html(
            _("{name} stands under {center} from {day} on."),
            name=zh(organization.shown_name),
            center=zh(row.center.shown_name),
            day=date_words(row.valid.lower),
        ),
        redirect_to=_list_of(organization),
    )
    return done or render_form(request, "organizations/organization_move.html", form, _context(organization))


@private_form
def organization_dissolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for an organisation's last day (GET), and let it end with that day (POST)."""
    organization = managed_organization(request.user, pk)
    form = DissolveForm(posted(request))
    done = submit_form(
        request,
        form,
        lambda _typed: services.dissolve_organization(actor=request.user, organization=organization, on=form.on),
        success=lambda ended: format_html(
            _("{name} exists until {day}, its last day."), name=zh(ended.shown_name), day=date_words(ended.last_day)
        ),
        redirect_to=_list_of(organization),
    )
    return done or render_form(request, "organizations/organization_dissolve.html", form, _context(organization))


@private_action
def organization_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a dissolution."""
    organization = managed_organization(request.user, pk)
    return submit_action(
        request,
        lambda _typed: services.restore_organization(actor=request.user, organization=organization),
        success=format_html(_("{name} is no longer dissolved."), name=zh(organization.shown_name)),
        redirect_to=_list_of(organization),
    )


def _list_of(organization: Organization) -> str:
    return reverse("organizations:organization_list_manage", args=[organization.center.code])


def _context(organization: Organization) -> dict[str, object]:
    return {"center": organization.center, "organization": organization}
