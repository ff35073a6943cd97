"""Services of a center, set up by those who manage it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from catalog.access import managed_service, service_above, service_at
from catalog.forms.services import AdaptForm, EditServiceForm, ServiceForm
from catalog.models import Service
from catalog.selectors.managed import inherited, managed_offers
from catalog.services.publishing import adapt_service, create_service, edit_service, retire_service, switch_service
from catalog.values.fields import ADAPTABLE, WORDS
from centers.access import managed_center
from centers.models import Center
from common.http.forms import one_at_a_time, render_form, submit_action, submit_form
from common.http.views import posted, private_action, private_form, private_page
from common.words.names import zh


def _list_url(center: Center) -> str:
    return reverse("catalog:service_list_manage", args=[center.code])


@private_page
def service_list_manage(request: HttpRequest, code: str) -> HttpResponse:
    """Services of a center and those from above, off ones too."""
    center = managed_center(request.user, code)
    return render(request, "catalog/service_list_manage.html", {"center": center, **managed_offers(center)})


@private_form
def service_create(request: HttpRequest, code: str) -> HttpResponse:
    """Publish a service. Sent twice, the second says that the title is taken."""
    center = managed_center(request.user, code)
    form = ServiceForm(posted(request))
    if done := submit_form(
        request,
        form,
        lambda data: create_service(actor=request.user, center=center, **data),
        success=lambda service: format_html(_("Published: {service}."), service=zh(service.shown_title)),
        redirect_to=_list_url(center),
    ):
        return done
    return render_form(request, "catalog/service_form.html", form, {"center": center})


@private_form
def service_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a service; each change is a version of its own."""
    service = managed_service(request.user, pk)
    if service.retired_at is not None:
        return redirect(service)
    with one_at_a_time(request, "catalog.service", service.pk):
        service.refresh_from_db(fields=WORDS)
        form = EditServiceForm(posted(request), initial=ServiceForm.initial_of(service))
        done = submit_form(
            request,
            form,
            lambda data: edit_service(actor=request.user, service=service, **{name: data[name] for name in WORDS}),
            success=lambda changed: format_html(_("Saved: {service}."), service=zh(changed.shown_title)),
            redirect_to=_list_url(service.center),
        )
    context = {"center": service.center, "service": service}
    return done or render_form(request, "catalog/service_form.html", form, context)


@private_form
def service_adapt(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Say a service from above in the words of a center, for itself and all below it."""
    center = managed_center(request.user, code)
    service = service_above(center, pk)
    if service.retired_at is not None:
        return redirect(service)
    with one_at_a_time(request, "catalog.adaptation", center.pk):
        above = inherited(center, service)
        row = Service.objects.filter(center=center, adapts=service).first()
        form = AdaptForm(posted(request), initial=AdaptForm.initial_of(row), inherited=above)
        done = submit_form(
            request,
            form,
            lambda data: adapt_service(
                actor=request.user, center=center, service=service, **{name: data[name] for name in ADAPTABLE}
            ),
            success=lambda _row: format_html(_("Saved: {service}."), service=zh(above.shown_title)),
            redirect_to=_list_url(center),
        )
    context = {"center": center, "service": service, "offer": above}
    return done or render_form(request, "catalog/adapt_form.html", form, context)


@private_action
def service_switch(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Switch a service off for a center and all below it, or on again (`on`)."""
    center = managed_center(request.user, code)
    service = service_at(center, pk)
    on = bool(request.POST.get("on"))
    words = _("Offered again: {service}.") if on else _("Switched off, here and below: {service}.")
    return submit_action(
        request,
        lambda _typed: switch_service(actor=request.user, center=center, service=service, on=on),
        success=format_html(words, service=zh(service.shown_title)),
        redirect_to=_list_url(center),
    )


@private_form
def service_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Page that asks first (GET), then withdraws the service for good (POST)."""
    service = managed_service(request.user, pk)
    if request.method == "POST":
        retire_service(actor=request.user, service=service)
        messages.success(request, format_html(_("Withdrawn: {service}."), service=zh(service.shown_title)))
        return redirect(_list_url(service.center))
    return render(request, "catalog/service_retire.html", {"center": service.center, "service": service})
