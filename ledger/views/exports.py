"""Files of a month: asked for, watched while they are made, stopped, fetched."""

import uuid

from django.contrib import messages
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from activities.access import leading_center
from common.http.forms import submit_action, submit_form
from common.http.htmx import render_page
from common.http.views import private_action, private_page
from ledger.access import own_export
from ledger.choices import ExportFormat
from ledger.forms.files import MonthFileForm
from ledger.selectors.pages import export_page
from ledger.services.exports import STORAGE, ask_for_month, stop_export, stored_name
from ledger.views.files import type_of


@private_action
def export_create(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask for the ledgers of a month as one file; its page says how far it is."""
    center = leading_center(request.user, code)
    back = f"{reverse('ledger:ledger_list')}?center={center.code}"
    done = submit_form(
        request,
        form := MonthFileForm(request.POST),
        lambda data: ask_for_month(
            actor=request.user, center=center, month=data["month"], format=ExportFormat(data["format"])
        ),
        success="",
        redirect_to=lambda export: export,
    )
    if done is None:
        messages.error(request, " ".join(str(words) for errors in form.errors.values() for words in errors))
    return done or redirect(back)


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
    kind = type_of(export.file_name)
    return FileResponse(file, as_attachment=True, filename=export.file_name, content_type=kind)
