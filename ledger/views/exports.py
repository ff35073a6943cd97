"""Files of a month: asked for, watched while they are made, stopped, fetched."""

import uuid

from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from activities.access import leading_center
from common.http.forms import submit_action
from common.http.htmx import render_page
from common.http.views import private_action, private_page
from ledger.access import own_export
from ledger.choices import ExportFormat
from ledger.forms.files import MonthFileForm
from ledger.models import LedgerExport
from ledger.selectors.pages import export_page
from ledger.services.exports import STORAGE, ask_for_month, stop_export, stored_name
from ledger.views.files import attachment, type_of


@private_action
def export_create(request: SignedInRequest) -> HttpResponse:
    """Ask for the ledgers of a month as one file; its page says how far it is."""
    center = leading_center(request.user, request.POST.get("center", ""))
    asked: list[LedgerExport] = []

    def ask(data: dict[str, object]) -> None:
        month, format = form.cleaned_data["month"], ExportFormat(form.cleaned_data["format"])
        asked.append(ask_for_month(actor=request.user, center=center, month=month, format=format))

    form = MonthFileForm(request.POST)
    back = f"{reverse('ledger:ledger_list')}?center={center.code}"
    answer = submit_action(request, ask, success="", redirect_to=back, form=form)
    return redirect(asked[0]) if asked else answer


@private_page
def export_detail(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """A file that was asked for: how far it is, or where to fetch it. Looked at again, it goes on."""
    context = export_page(own_export(request.user, key))
    return render_page(request, "ledger/export_detail.html", "ledger/partials/_export.html", context)


@private_action
def export_stop(request: SignedInRequest, key: uuid.UUID) -> HttpResponse:
    """Stop a file that is being made."""
    export = own_export(request.user, key)
    return submit_action(
        request,
        lambda _typed: stop_export(actor=request.user, export=export),
        success=_("Stopped. Nothing of it is kept."),
        redirect_to=export,
    )


@private_page
def export_file(request: SignedInRequest, key: uuid.UUID) -> HttpResponseBase:
    """The file, as long as it is kept."""
    export = own_export(request.user, key)
    if not export.has_file:
        raise Http404
    try:
        file = storages[STORAGE].open(stored_name(export))
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(file, content_type=type_of(export.file_name), headers=attachment(export.file_name))
