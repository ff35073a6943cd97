"""Reviewing reports: begun, returned with a reason, approved; never by whoever submitted them.

The center above reviews as it stood in that month; where it has nobody, the next one up. A reviewer who keeps silent
past the day of the lock doesn't hold the month up: the root approves in its place, with a reason.
"""

from django.db import transaction

from accounts.models import User
from centers.models import Center
from common import clock
from common.months import Month
from common.words.times import short_date
from stats import exceptions as refused
from stats import messages, permissions
from stats.choices import IN_REVIEW, ReportState, Severity
from stats.domain.report_moves import move, move_all, must_be_version, must_move
from stats.models import CenterReport, MonthCenter, RuleHit
from stats.services import closing
from stats.services.reports import locked


def start_review(*, actor: User, report: CenterReport, version: int | None = None) -> CenterReport:
    """Begin to review: from now on the center can't take it back.

    Raises ReportNotAllowed, OwnSubmission, WrongStep, ReportChanged.
    """
    with transaction.atomic():
        report, _capacity = _decided_by(actor, report, version, needs_review=True)
        must_move(report, ReportState.SUBMITTED)
        move(report, ReportState.UNDER_REVIEW, actor=actor, at=clock.now())
    return report


def return_report(*, actor: User, report: CenterReport, reason: str, version: int | None = None) -> CenterReport:
    """Return a report to its center, with a reason; what was approved as well, as long as it isn't locked.

    Raises ReasonMissing, ReportNotAllowed, OwnSubmission, WrongStep, ReportChanged.
    """
    if not reason.strip():
        raise refused.ReasonMissing
    with transaction.atomic():
        report, capacity = _decided_by(actor, report, version)
        must_move(report, *(IN_REVIEW if capacity.reviews else ()), ReportState.APPROVED)
        report.approved_at = report.approved_by = None
        move(report, ReportState.RETURNED, actor=actor, at=clock.now(), reason=reason.strip())
        _tell(messages.RETURNED, report)
        closing.roll_up_again(report.of_month)
    return report


def approve_report(*, actor: User, report: CenterReport, reason: str = "", version: int | None = None) -> CenterReport:
    """Approve a report. In place of a reviewer who kept silent past the day of the lock, with a reason.

    Raises ReportNotAllowed, OwnSubmission, WrongStep, ReportChanged, ReviewerHasTime, ReasonMissing.
    """
    with transaction.atomic():
        report, capacity = _decided_by(actor, report, version)
        must_move(report, *IN_REVIEW)
        if not capacity.reviews:
            last = permissions.last_review_day(report)
            if clock.today() <= last:
                raise refused.ReviewerHasTime(day=short_date(last))
            if not reason.strip():
                raise refused.ReasonMissing
        _approve(actor, [report], reason.strip())
        closing.roll_up_again(report.of_month)
    return report


def approve_without_questions(*, actor: User, node: Center, month: Month) -> list[CenterReport]:
    """Approve all reports that wait for the people of `node` and that no rule asked anything about.

    Those that `actor` submitted are left for somebody else. Raises ReportNotAllowed. Six queries, whatever their
    number.
    """
    if not permissions.manages(actor, node.pk):
        raise refused.ReportNotAllowed
    with transaction.atomic():
        lineages = dict(MonthCenter.objects.filter(month=month.first).below(node.pk).values_list("center", "lineage"))
        waiting = CenterReport.objects.select_for_update(no_key=True).of_month(month.first)
        reports = list(
            waiting.filter(center__in=lineages, state__in=IN_REVIEW).exclude(submitted_by=actor).order_by("pk")
        )
        asked = set(
            RuleHit.objects.filter(report__in=reports, severity=Severity.EXPLAIN).values_list("report", "revision")
        )
        held = permissions.officers({above for line in lineages.values() for above in line})
        mine = [
            report
            for report in reports
            if (report.pk, report.revision) not in asked
            and permissions.acting_node(report, lineages[report.center_id], held) == node.pk
        ]
        _approve(actor, mine, "")
        if mine:
            closing.roll_up_again(month)
    return mine


def _tell(kind: str, report: CenterReport) -> None:
    """Tell those who manage the center; where nobody does, who submitted."""
    managers = permissions.officers([report.center_id])[report.center_id]
    submitter = {report.submitted_by_id} if report.submitted_by_id else set()
    messages.post_report(kind, report, managers or submitter)


def _decided_by(
    actor: User, report: CenterReport, version: int | None, *, needs_review: bool = False
) -> tuple[CenterReport, permissions.Capacity]:
    """The report, locked, for somebody who may decide on it, and their capacity.

    Raises ReportNotAllowed, OwnSubmission, ReportChanged.
    """
    report = locked(report)
    capacity = permissions.capacity_of(actor, report)
    is_own = actor.pk == report.submitted_by_id
    may_decide = capacity.reviews or (capacity.locks and not needs_review)
    if not may_decide and not (is_own and capacity.by_post):
        raise refused.ReportNotAllowed
    if is_own:
        raise refused.OwnSubmission
    must_be_version(report, version)
    return report, capacity


def _approve(actor: User, reports: list[CenterReport], reason: str) -> None:
    """Write the approval of locked rows: what nobody had begun to review is begun, unless a reason says why not."""
    now = clock.now()
    if not reason:
        fresh = [report for report in reports if report.state == ReportState.SUBMITTED]
        move_all(fresh, ReportState.UNDER_REVIEW, actor=actor, at=now)
    for report in reports:
        report.approved_at, report.approved_by = now, actor
    move_all(reports, ReportState.APPROVED, actor=actor, at=now, reason=reason)
