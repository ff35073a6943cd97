"""Submitting the report of a month, and taking it back before anybody looks at it.

Figures are never typed: what is submitted is a snapshot of what the records come to at that moment.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from centers.domain import hours
from centers.models import Center
from common import clock
from common.months import Month
from common.words.times import short_date
from stats import exceptions as refused
from stats import permissions
from stats.choices import TO_SUBMIT, ReportState, Severity
from stats.domain import figure_rules, rules
from stats.domain.report_moves import move, must_be_version, must_move
from stats.domain.rules import Finding
from stats.domain.timeliness import is_on_time
from stats.models import LONGEST_REASON, CenterReport, MonthCenter, ReopenGrant, RuleHit
from stats.selectors.own_figures import case_of, revision_figures
from stats.services import closing
from stats.services.publishing import publish_revision

FEWEST_CHARACTERS = 10


def locked(report: CenterReport) -> CenterReport:
    """The report as it is now, locked until the transaction ends."""
    found: CenterReport = CenterReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    return found


def submit_report(
    *,
    actor: User,
    center: Center,
    month: Month,
    explanations: Mapping[str, str] | None = None,
    zero_confirmed: bool = False,
    version: int | None = None,
) -> CenterReport:
    """Submit a month: its figures as they are now become a revision that nothing changes any more.

    `explanations`: by code of the rule that asks for it. `zero_confirmed`: that there was nothing of the kinds of
    which nothing is recorded. Raises ReportNotAllowed, MonthNotOver, NotInMonth, WrongStep, ReportChanged, GrantOver,
    ReportBlocked, ExplanationMissing, ZeroNotConfirmed.
    """
    if not permissions.can_submit(actor, center):
        raise refused.ReportNotAllowed
    if month.ends_at > clock.now():
        raise refused.MonthNotOver(day=short_date(month.after.first))
    closing.place_centers(month)
    with transaction.atomic():
        report = locked(_asked_for(center, month))
        must_be_version(report, version)
        must_move(report, *TO_SUBMIT)
        now = clock.now()
        _check_grant(report, now)
        lineage = permissions.lineage_of(report)
        report.revision += 1
        publish_revision(report, lineage, at=now)
        findings = _checked(report, explanations or {}, zero_confirmed)
        _write(report, actor, now)
        _keep(report, findings, explanations or {})
        closing.roll_up_again(month)
    return report


def _asked_for(center: Center, month: Month) -> CenterReport:
    """The report, made where the month has only just ended. Older ones that nobody opened are nobody's omission."""
    found = CenterReport.objects.filter(month=month.first, center=center).first()
    if found is not None:
        return found
    placed = MonthCenter.objects.filter(month=month.first, center=center)
    if not month.after.is_present or not placed.exists():
        raise refused.NotInMonth
    report, _made = CenterReport.objects.get_or_create(month=month.first, center=center)
    return report


def _check_grant(report: CenterReport, now: dt.datetime) -> None:
    """Raise GrantOver where the month was reopened and that time is over."""
    grant = ReopenGrant.objects.running().filter(report=report).first()
    if grant is not None and grant.expires_at <= now:
        raise refused.GrantOver


def _checked(report: CenterReport, explanations: Mapping[str, str], zero_confirmed: bool) -> Sequence[Finding]:
    """Findings of the rules on the revision just published, all of which are explained and none of which blocks."""
    figures = revision_figures(report.center_id, report.of_month, report.revision)
    findings = rules.findings_of(case_of(report.center_id, report.of_month, figures))
    if blocking := [finding.words for finding in findings if finding.blocks]:
        raise refused.ReportBlocked(what=_("; ").join(blocking))
    for finding in findings:
        if finding.asks and len(explanations.get(finding.rule.code, "").strip()) < FEWEST_CHARACTERS:
            error = refused.ExplanationMissing(fewest=FEWEST_CHARACTERS, what=finding.words)
            error.field = explanation_field(finding.rule.code)
            raise error
    empty = figure_rules.empty_areas(figures)
    if empty and not zero_confirmed:
        raise refused.ZeroNotConfirmed(what=_(", ").join(str(area.name) for area in empty))
    return findings


def explanation_field(rule: str) -> str:
    """Name of the field that a rule is explained in."""
    return f"explain_{rule}"


def _write(report: CenterReport, actor: User, now: dt.datetime) -> None:
    if report.locked_revision == 0:
        events = list(report.events.order_by("pk"))
        report.on_time = is_on_time(
            events,
            now,
            report.deadlines.due_at,
            lambda day, count: hours.workday_after(report.center_id, day, count),
        )
    report.first_submitted_at = report.first_submitted_at or now
    report.submitted_at, report.submitted_by = now, actor
    report.approved_at = report.approved_by = None
    move(report, ReportState.SUBMITTED, actor=actor, at=now)


def _keep(report: CenterReport, findings: Sequence[Finding], explanations: Mapping[str, str]) -> None:
    """Write what the rules found beside the revision: explained, or not checked."""
    RuleHit.objects.bulk_create(
        RuleHit(
            report=report,
            revision=report.revision,
            rule=finding.rule.code,
            severity=Severity.SKIPPED if finding.outcome is None else finding.rule.severity,
            params={} if finding.outcome is None else dict(finding.outcome.params),
            explanation=explanations.get(finding.rule.code, "").strip()[:LONGEST_REASON] if finding.asks else "",
        )
        for finding in findings
        if finding.asks or finding.is_skipped
    )


def withdraw_report(*, actor: User, report: CenterReport, version: int | None = None) -> CenterReport:
    """Take a report back that nobody has begun to review: it stands where it stood before.

    Raises ReportNotAllowed, WrongStep, ReportChanged.
    """
    if not permissions.can_submit(actor, report.center_id):
        raise refused.ReportNotAllowed
    with transaction.atomic():
        report = locked(report)
        must_be_version(report, version)
        must_move(report, ReportState.SUBMITTED)
        last = report.events.filter(to_state=ReportState.SUBMITTED).order_by("-pk").first()
        before = ReportState(last.from_state) if last else ReportState.OPEN
        move(report, before, actor=actor, at=clock.now())
        closing.roll_up_again(report.of_month)
    return report
