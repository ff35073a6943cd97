"""A file made while one waits, as a response; a refusal leads back to where it was asked for."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from common.errors import DomainError
from ledger.services.files import MadeFile

TYPES = {"pdf": "application/pdf", "zip": "application/zip"}


def file_response(
    request: HttpRequest,
    form: BaseForm,
    service: Callable[[dict[str, Any]], MadeFile],
    *,
    back_to: str,
    args: Sequence[Any] = (),
) -> HttpResponse:
    """The file to be saved. Data that make no sense, and what is refused, are flashed on the page `back_to`."""
    if not form.is_valid():
        messages.error(request, _("Choose what to make from the buttons of this page."))
        return redirect(back_to, *args)
    try:
        made = service(form.cleaned_data)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(back_to, *args)
    return HttpResponse(made.content, content_type=type_of(made.name), headers=attachment(made.name))


def type_of(name: str) -> str:
    """Media type of a file, by the end of its name."""
    return TYPES[name.rpartition(".")[2]]


def attachment(name: str) -> dict[str, str]:
    """Headers of a file to be saved under this name."""
    return {"Content-Disposition": content_disposition_header(True, name) or ""}
