"""The review board of a month: reports of the centers below, one decided after the other or many in one go."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.domain.requests import SignedInRequest
from centers.models import Center
from common.http.forms import render_form, submit_action, submit_form
from common.http.views import posted, private_action, private_form
from common.months import Month
from stats.access import asked_month, begun_report, managed_node, reach_of
from stats.forms.reports import RETURN, DecisionForm
from stats.models import CenterReport
from stats.selectors.review_board import board_page
from stats.services import locking, review


@private_form
def review_list(request: SignedInRequest, month: str) -> HttpResponse:
    """Reports of the centers right below one: which wait, one of them in full, decided here."""
    node, asked = reach_of(request).chosen, asked_month(month)
    chosen = request.POST.get("report") or request.GET.get("report", "")
    report = begun_report(request.user, chosen, asked) if request.method == "POST" else None
    context = board_page(request.user, node, asked, chosen, bool(request.GET.get("open")))
    shown = context.get("panel")
    version = shown.version if shown else None
    form = DecisionForm(posted(request), version=version, stands_in=context.get("stands_in", False))
    if report:
        done = submit_form(
            request,
            form,
            lambda data: _decide(request, report, data),
            success=lambda decided: _("{center}: {state}").format(
                center=report.center.shown_short_name, state=decided.get_state_display()
            ),
            # Without a report in the address the next that waits is shown.
            redirect_to=board_url(node, asked),
        )
        if done:
            return done
    return render_form(request, "stats/review_list.html", form, context)


def _decide(request: SignedInRequest, report: CenterReport, data: dict[str, object]) -> CenterReport:
    version, reason = data["version"], str(data["reason"])
    if data["act"] == RETURN:
        return review.return_report(actor=request.user, report=report, reason=reason, version=version)  # type: ignore[arg-type]
    return review.approve_report(actor=request.user, report=report, reason=reason, version=version)  # type: ignore[arg-type]


def board_url(node: Center, month: Month) -> str:
    """Address of the board of a center for a month."""
    return f"{reverse('stats:review_list', args=[str(month)])}?{urlencode({'center': node.code})}"


@private_action
def report_review(request: SignedInRequest, code: str, month: str) -> HttpResponse:
    """Begin to review a report: its center can't take it back any more."""
    asked = asked_month(month)
    report = begun_report(request.user, code, asked)
    board = reverse("stats:review_list", args=[str(asked)])
    here = urlencode({"center": request.POST.get("center", ""), "report": code})
    return submit_action(
        request,
        lambda data: review.start_review(actor=request.user, report=report),
        success="",
        redirect_to=f"{board}?{here}",
    )


@private_action
def review_approve_all(request: SignedInRequest, month: str) -> HttpResponse:
    """Approve all reports that no rule asked anything about."""
    asked = asked_month(month)
    node = managed_node(request.user, request.POST.get("center", ""))
    return submit_action(
        request,
        lambda data: review.approve_without_questions(actor=request.user, node=node, month=asked),
        success=lambda done: ngettext("{n} report approved.", "{n} reports approved.", len(done)).format(n=len(done)),
        redirect_to=board_url(node, asked),
    )


@private_action
def review_lock_all(request: SignedInRequest, month: str) -> HttpResponse:
    """Lock all reports of a month that are approved."""
    asked = asked_month(month)
    root = managed_node(request.user, request.POST.get("center", ""))
    return submit_action(
        request,
        lambda data: locking.lock_month(actor=request.user, root=root, month=asked),
        success=lambda done: ngettext("{n} report locked.", "{n} reports locked.", len(done)).format(n=len(done)),
        redirect_to=board_url(root, asked),
    )
