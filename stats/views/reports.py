"""Reports of a center: the list by month, one with its submission, taken back, reopened and closed again."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.domain.requests import SignedInRequest
from common.http.forms import render_form, submit_action, submit_form
from common.http.views import posted, private_action, private_form, private_page
from common.words.times import short_date
from stats import permissions
from stats.access import asked_month, begun_report, late_change_to_decide, must_lock, reach_of, readable_report
from stats.choices import Disposition
from stats.domain.figure_rules import empty_areas
from stats.forms.reports import LateChangeForm, ReopenForm, ReportForm
from stats.models import CenterReport
from stats.selectors import report_list as listing
from stats.selectors import report_page
from stats.selectors.own_figures import live_figures
from stats.selectors.report_words import month_words
from stats.selectors.review_board import late_line
from stats.services import late_changes, locking, reports


@private_page
def report_list(request: SignedInRequest) -> HttpResponse:
    """Reports of a center one works for, by month; from here to the board of those below it."""
    reach = reach_of(request)
    return render(request, "stats/report_list.html", {"reach": reach, **listing.list_page(reach.chosen)})


@private_form
def report_detail(request: SignedInRequest, code: str, month: str) -> HttpResponse:
    """The report of a month: figures from the records, what is to be explained; sent, it is submitted."""
    report = readable_report(request.user, code, asked_month(month))
    if request.method == "POST" and not permissions.can_submit(request.user, report.center_id):
        raise PermissionDenied
    findings = report_page.findings_now(report)
    figures = live_figures(report.center_id, report.of_month) if findings else {}
    empty = empty_areas(figures) if findings else []
    form = ReportForm(posted(request), findings=findings, empty=empty, version=report.version)
    done = submit_form(
        request,
        form,
        lambda data: reports.submit_report(
            actor=request.user,
            center=report.center,
            month=report.of_month,
            explanations=form.explanations(),
            zero_confirmed=data.get("zero_confirmed", False),
            version=data["version"] if report.pk else None,
        ),
        success=_("Submitted. From here on those who review it see these figures."),
        redirect_to=report,
    )
    if done:
        return done
    return render_form(
        request, "stats/report_detail.html", form, report_page.report_page(request.user, report, findings)
    )


@private_action
def report_withdraw(request: SignedInRequest, code: str, month: str) -> HttpResponse:
    """Take a report back that nobody has begun to review."""
    report = begun_report(request.user, code, asked_month(month))
    if not permissions.can_submit(request.user, report.center_id):
        raise PermissionDenied
    return submit_action(
        request,
        lambda data: reports.withdraw_report(actor=request.user, report=report),
        success=_("Taken back. Submit it again once it is right."),
        redirect_to=report,
    )


@private_form
def report_reopen(request: SignedInRequest, code: str, month: str) -> HttpResponse:
    """Reopen a locked or missing month of one center, with a reason and until a day."""
    report = must_lock(request.user, begun_report(request.user, code, asked_month(month)))
    form = ReopenForm(posted(request), initial={"version": report.version})
    done = submit_form(
        request,
        form,
        lambda data: locking.grant_reopen(
            actor=request.user,
            report=report,
            reason=data["reason"],
            expires_on=data["expires_on"],
            version=data["version"],
        ),
        success=lambda grant: _("Reopened until {day}.").format(day=short_date(form.cleaned_data["expires_on"])),
        redirect_to=report,
    )
    return done or render_form(request, "stats/report_reopen.html", form, _of(report))


@private_action
def report_close(request: SignedInRequest, code: str, month: str) -> HttpResponse:
    """Close a reopened month before its time: what was published before stays."""
    report = must_lock(request.user, begun_report(request.user, code, asked_month(month)))
    return submit_action(
        request,
        lambda data: locking.revoke_grant(actor=request.user, report=report),
        success=_("Closed again, as it was before."),
        redirect_to=report,
    )


@private_form
def late_change_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Decide on a change of a record after its month was approved: leave the figure, or have it submitted anew."""
    change = late_change_to_decide(request.user, pk)
    report = CenterReport.objects.select_related("center").get(month=change.month, center=change.center_id)
    form = LateChangeForm(posted(request))
    done = submit_form(
        request,
        form,
        lambda data: late_changes.decide_late_change(
            actor=request.user,
            change=change,
            disposition=Disposition(data["disposition"]),
            reason=data["reason"],
            expires_on=data["expires_on"],
        ),
        success=_("Kept, with your reason."),
        redirect_to=report,
    )
    return done or render_form(
        request, "stats/late_change_decide.html", form, {**_of(report), "line": late_line(change)}
    )


def _of(report: CenterReport) -> dict[str, object]:
    return {"report": report, "center": report.center, "month_words": month_words(report.of_month)}
