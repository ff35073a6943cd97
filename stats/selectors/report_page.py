"""The page of a center's report of a month: figures, what is to be explained or put right, steps and history."""

import dataclasses
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from centers.models import Center
from common import clock
from common.months import Month
from stats import permissions
from stats.choices import ReportState, Severity
from stats.domain import figure_rules, rules
from stats.domain.rules import Finding
from stats.models import CenterReport, LateChange, ReopenGrant, ReportEvent, RuleHit
from stats.selectors.own_figures import case_of, live_figures, revision_figures
from stats.selectors.report_words import area_lines, diff_lines, month_words

# What the path of steps shows; the state that a report is in stands for one of them.
PATH: tuple[tuple[Promise, tuple[ReportState, ...]], ...] = (
    (pgettext_lazy("report", "To submit"), (ReportState.OPEN, ReportState.RETURNED, ReportState.REOPENED)),
    (pgettext_lazy("report", "Submitted"), (ReportState.SUBMITTED,)),
    (pgettext_lazy("report", "Under review"), (ReportState.UNDER_REVIEW,)),
    (pgettext_lazy("report", "Approved"), (ReportState.APPROVED,)),
    (pgettext_lazy("report", "Locked"), (ReportState.LOCKED,)),
)
TAKEN_BACK = _("Taken back")


@dataclasses.dataclass(frozen=True)
class Step:
    """Step of the path. `mark`: `on` behind, `now` here, `back` here again after a return, blank to come."""

    label: Promise
    mark: str

    @property
    def is_here(self) -> bool:
        return self.mark in ("now", "back")


@dataclasses.dataclass(frozen=True)
class Told:
    """Event of a report in words."""

    event: ReportEvent

    @property
    def words(self) -> str:
        event = self.event
        if event.from_state == ReportState.SUBMITTED and event.to_state in _UNDONE and not event.reason:
            return str(TAKEN_BACK)
        if event.to_state == ReportState.SUBMITTED:
            return _("Submitted, number {n}").format(n=event.revision)
        return event.get_to_state_display()

    @property
    def tone(self) -> str:
        return "late" if self.event.to_state in (ReportState.RETURNED, ReportState.MISSING) else "on"


_UNDONE = (ReportState.OPEN, ReportState.RETURNED, ReportState.REOPENED)


@dataclasses.dataclass(frozen=True)
class Explained:
    """Finding that was kept with a revision, in words, and what its center says about it."""

    hit: RuleHit

    @property
    def words(self) -> str:
        rule = rules.find(self.hit.rule)
        if rule is None:
            return self.hit.rule
        return rule.words(self.hit.params) if self.hit.severity == Severity.EXPLAIN else str(rule.name)


def path_of(report: CenterReport) -> list[Step]:
    """Path of steps with the one where the report stands; of one that wasn't reported all are to come."""
    here = next((n for n, (_label, states) in enumerate(PATH) if report.state in states), -1)
    now = "back" if report.state in (ReportState.RETURNED, ReportState.REOPENED) else "now"
    return [Step(label, now if n == here else "on" if n < here else "") for n, (label, _states) in enumerate(PATH)]


def hits_of(report: CenterReport) -> tuple[list[Explained], list[Explained]]:
    """Findings kept with the latest revision: those it explains, and rules that couldn't be tried. One query."""
    hits = [Explained(hit) for hit in report.hits.filter(revision=report.revision)]
    asked = [one for one in hits if one.hit.severity == Severity.EXPLAIN]
    return asked, [one for one in hits if one.hit.severity == Severity.SKIPPED]


def findings_now(report: CenterReport) -> list[Finding]:
    """Findings of the rules on the records as they stand; none while nothing can be submitted."""
    if not is_to_submit(report):
        return []
    month = report.of_month
    return rules.findings_of(case_of(report.center_id, month, live_figures(report.center_id, month)))


def is_to_submit(report: CenterReport) -> bool:
    """Whether it can be submitted now: the month is over, and asked for or only just over."""
    month = report.of_month
    return report.is_to_submit and month.ends_at <= clock.now() and (report.is_begun or month.after.is_present)


def report_page(user: User, report: CenterReport, findings: list[Finding]) -> dict[str, Any]:
    """Context of the page but for its form."""
    to_submit = is_to_submit(report)
    now, before = _figures(report, to_submit)
    events = [Told(event) for event in report.events.select_related("actor")] if report.is_begun else []
    asked, skipped = ([], []) if to_submit or not report.is_begun else hits_of(report)
    lineage = permissions.lineage_of(report)
    context = {
        "report": report,
        "center": report.center,
        "month": report.of_month,
        "month_words": month_words(report.of_month),
        "before": report.of_month.before,
        "after": _after(report.of_month),
        "deadlines": report.deadlines,
        "is_over": report.of_month.ends_at <= clock.now(),
        "lines": [] if report.state == ReportState.MISSING else area_lines(now, report.center, report.of_month),
        "path": path_of(report),
        "events": events,
        "returned": _returned(report, events),
        "diff": [line for line in diff_lines(before, now) if line.is_changed] if before is not None else [],
        "asked": asked,
        "skipped": [one.words for one in skipped] or [finding.words for finding in findings if finding.is_skipped],
        "is_zero": to_submit and not any(now.get(metric.code) for metric in figure_rules.reported()),
        "reviewer": Center.objects.filter(pk=permissions.reviewing_node(lineage)).first(),
        "can_submit": permissions.can_submit(user, report.center_id),
        "is_to_submit": to_submit,
        "locks": permissions.manages(user, permissions.locking_node(lineage)),
        "grant": ReopenGrant.objects.running().filter(report=report).first() if report.is_begun else None,
        "late": late_changes_of(report),
    }
    return context | sorted_findings(findings)


def sorted_findings(findings: list[Finding]) -> dict[str, Any]:
    """Findings by what is to be done about them."""
    return {
        "blocking": [finding for finding in findings if finding.blocks],
        "asking": [finding for finding in findings if finding.asks],
        "missing": [finding for finding in findings if finding.records and not finding.is_hit],
        "passed": [finding for finding in findings if not (finding.is_skipped or finding.is_hit or finding.records)],
    }


def _figures(report: CenterReport, to_submit: bool) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Figures that the page shows, and those of the revision before them, if there was one."""
    center, month, revision = report.center_id, report.of_month, report.revision
    if to_submit or revision == 0:
        return live_figures(center, month), revision_figures(center, month, revision) if revision else None
    shown = report.counted_revision or revision
    return revision_figures(center, month, shown), revision_figures(center, month, shown - 1) if shown > 1 else None


def _returned(report: CenterReport, events: list[Told]) -> ReportEvent | None:
    """The return that the center has to answer."""
    if report.state != ReportState.RETURNED:
        return None
    back = (told.event for told in reversed(events) if told.event.to_state == ReportState.RETURNED)
    return next((event for event in back if event.reason), None)


def _after(month: Month) -> Month | None:
    return month.after if month.after.first <= clock.today() else None


def late_changes_of(report: CenterReport) -> int:
    """Number of changes of records since the counted revision that nobody has decided on. One query."""
    if not report.is_begun:
        return 0
    return LateChange.objects.undecided().filter(month=report.month, center=report.center_id).count()
