"""Ledgers of activities: those of a month, one, and its file."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.domain.requests import SignedInRequest
from common.http.views import private_action, private_page
from ledger.access import kept_activity
from ledger.choices import ExportFormat
from ledger.forms.files import FormatForm
from ledger.selectors.ledgers import ledger_of
from ledger.selectors.pages import ledger_month, ledger_page
from ledger.services.files import make_activity_file
from ledger.views.files import file_response
from ledger.views.scope import scope_of


@private_page
def ledger_list(request: SignedInRequest) -> HttpResponse:
    """Activities of a center's month with what their ledgers lack, and the files made of them."""
    reach, month = scope_of(request)
    context = {"reach": reach, "center": reach.chosen, **ledger_month(reach.chosen, month)}
    return render(request, "ledger/ledger_list.html", context)


@private_page
def ledger_detail(request: SignedInRequest, reference: str) -> HttpResponse:
    """The ledger of an activity, before one makes a file of it."""
    activity = kept_activity(request.user, reference)
    context = {"activity": activity, "center": activity.center, **ledger_page(ledger_of(activity))}
    return render(request, "ledger/ledger_detail.html", context)


@private_action
def ledger_file(request: SignedInRequest, reference: str) -> HttpResponse:
    """The ledger of an activity as a file; who made it is written down."""
    activity = kept_activity(request.user, reference)
    return file_response(
        request,
        FormatForm(request.POST),
        lambda data: make_activity_file(actor=request.user, activity=activity, format=ExportFormat(data["format"])),
        back_to="ledger:ledger_detail",
        args=[reference],
    )
