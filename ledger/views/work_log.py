"""The work log of a center by day: read, written to by one line a day, printed, as a file."""

import datetime as dt

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from activities.access import leading_center
from centers.models import Center
from common import clock
from common.http.forms import render_form, submit_form
from common.http.views import posted, private_action, private_form, private_page
from common.months import EARLIEST_YEAR, Month
from ledger.forms.files import MonthForm
from ledger.forms.log_lines import LogLineForm
from ledger.selectors.pages import work_log_page
from ledger.selectors.work_log import line_of, lines_of
from ledger.services.files import make_work_log
from ledger.services.log_lines import write_line
from ledger.views.files import file_response
from ledger.views.scope import scope_of


@private_page
def work_log(request: SignedInRequest) -> HttpResponse:
    """Each day of a center's month: what was held, used, decided, and the line that staff added."""
    reach, month = scope_of(request)
    context = {"reach": reach, "center": reach.chosen, **work_log_page(reach.chosen, month)}
    return render(request, "ledger/work_log.html", context)


@private_action
def work_log_file(request: SignedInRequest, code: str) -> HttpResponse:
    """The work log of a month as PDF; who made it is written down."""
    center = leading_center(request.user, code)
    return file_response(
        request,
        MonthForm(request.POST),
        lambda data: make_work_log(actor=request.user, center=center, month=data["month"]),
        back_to="ledger:work_log",
    )


@private_form
def log_line(request: SignedInRequest, code: str, day: str) -> HttpResponse:
    """Write the line of a day, or correct the one that stands; all that was written before stays to be read."""
    center, date = leading_center(request.user, code), _day(day)
    standing = line_of(center, date)
    initial = {"text": standing.text, "corrects": standing.pk} if standing else {}
    form = LogLineForm(posted(request), initial=initial)
    done = submit_form(
        request,
        form,
        lambda data: write_line(actor=request.user, center=center, day=date, **data),
        success=_("Written into the work log."),
        redirect_to=_address(center, date),
    )
    context = {
        "center": center,
        "day": date,
        "standing": standing,
        "earlier": lines_of(center, date)[:-1],
        "back": _address(center, date),
    }
    return done or render_form(request, "ledger/log_line.html", form, context)


def _address(center: Center, day: dt.date) -> str:
    return f"{reverse('ledger:work_log')}?center={center.code}&month={Month.of(day)}#day-{day}"


def _day(text: str) -> dt.date:
    """A day that isn't to come, as addresses say it; to anything else nothing answers (Http404)."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
    if day > clock.today() or day.year < EARLIEST_YEAR or text != str(day):
        raise Http404
    return day
