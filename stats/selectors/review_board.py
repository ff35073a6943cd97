"""The review board of a center for a month: its centers with the state of their reports, and one of them in full."""

import dataclasses
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from accounts.models import User
from centers.models import Center
from common import clock
from common.months import Month
from stats import permissions
from stats.choices import IN_REVIEW, ReportState, Severity
from stats.domain.figure_rules import reported
from stats.models import CenterReport, LateChange, MonthCenter, ReopenGrant, ReportingMonth, RuleHit
from stats.selectors.own_figures import own_figures, revision_figures
from stats.selectors.report_page import Told, hits_of
from stats.selectors.report_words import diff_lines, metric_words, month_words
from stats.values.changes import Change
from stats.values.deadlines import Deadlines
from stats.values.figure_words import figure_words

# Squares of a row: submitted, reviewed, approved, locked.
SQUARES = 4
REACHED = {
    ReportState.SUBMITTED: 1,
    ReportState.UNDER_REVIEW: 1,
    ReportState.APPROVED: 3,
    ReportState.LOCKED: 4,
}
# Order of the bar, from what is done to what isn't there.
BAR = (
    (ReportState.LOCKED, "locked"),
    (ReportState.APPROVED, "approved"),
    (ReportState.UNDER_REVIEW, "submitted"),
    (ReportState.SUBMITTED, "submitted"),
    (ReportState.RETURNED, "returned"),
    (ReportState.REOPENED, "returned"),
    (ReportState.OPEN, "open"),
    (ReportState.MISSING, "open"),
)
MOST_LATE_SHOWN = 20


@dataclasses.dataclass(frozen=True)
class BoardRow:
    """Row of the board. `questions`: rules that asked for words; `below`: whether it has a board of its own."""

    center: Center
    report: CenterReport
    count: str
    people: str
    change: Change
    questions: int
    below: bool

    @property
    def squares(self) -> list[str]:
        """Squares of the steps: `on` behind it, `now` where it waits, `back` returned, blank to come."""
        state = ReportState(self.report.state)
        if state in REACHED:
            done = REACHED[state]
            now = "now" if state in IN_REVIEW else ""
            return ["on" if n < done else now if n == done else "" for n in range(SQUARES)]
        here = "back" if state in (ReportState.RETURNED, ReportState.MISSING) else "now"
        return [here, *[""] * (SQUARES - 1)]

    @property
    def is_waiting(self) -> bool:
        return self.report.state in IN_REVIEW


@dataclasses.dataclass(frozen=True)
class BarPart:
    """Part of the bar of states: how many reports, from where to where in hundredths of its width."""

    state: ReportState
    css: str
    count: int
    start: float
    width: float

    @property
    def label(self) -> str:
        return str(self.state.label)


def board_page(user: User, node: Center, month: Month, chosen: str, only_waiting: bool) -> dict[str, Any]:
    """Context of the board but for its form."""
    rows = board_rows(node, month)
    bar = bar_of(node, month)
    waiting = [row for row in rows if row.is_waiting]
    shown = [row for row in rows if row.is_waiting or row.report.state != ReportState.LOCKED] if only_waiting else rows
    row = next((row for row in rows if row.center.code == chosen), None) or next(iter(waiting), None)
    counts = {part.state: part.count for part in bar}
    manages = permissions.manages(user, node.pk)
    is_root = manages and MonthCenter.objects.filter(month=month.first, center=node.pk, lineage=[node.pk]).exists()
    return {
        "node": node,
        "month": month,
        "month_words": month_words(month),
        "before": month.before,
        "after": month.after if month.after.first <= clock.today() else None,
        "deadlines": Deadlines(month),
        "is_closed": ReportingMonth.objects.filter(month=month.first, frozen_at__isnull=False).exists(),
        "rows": shown,
        "total": len(rows),
        "only_waiting": only_waiting,
        "unfinished": sum(row.report.state != ReportState.LOCKED for row in rows),
        "bar": bar,
        "head": heads(),
        "waiting": len(waiting),
        "returned": sum(row.report.state == ReportState.RETURNED for row in rows),
        "unreported": sum(row.report.state in (ReportState.OPEN, ReportState.MISSING) for row in rows),
        "quiet": sum(not row.questions and row.report.submitted_by_id != user.pk for row in waiting),
        "manages": manages,
        "is_root": is_root,
        "to_lock": counts.get(ReportState.APPROVED, 0),
        "row": row,
        **(panel_of(user, row) if row else {}),
        **(root_parts(month) if is_root else {}),
    }


def heads() -> tuple[str, str]:
    """Names of the two figures that rows show: the first count and the first number of people."""
    count, people = row_metrics()
    return (str(count.name), metric_words(people)) if count and people else ("", "")


def row_metrics() -> tuple[Any, Any]:
    """Count and people that rows show: those of the first area that reports answer for."""
    count = next((metric for metric in reported() if metric.value is None), None)
    people = next((metric for metric in reported() if metric.value is not None), None)
    return count, people


def board_rows(node: Center, month: Month) -> list[BoardRow]:
    """Rows of the centers that stood right below `node`, and of the root itself on its own board. Seven queries."""
    placed = MonthCenter.objects.filter(month=month.first)
    lineages = dict(placed.filter(lineage__contains=[node.pk]).values_list("center", "lineage"))
    expected = set(placed.expected().filter(center__in=lineages).values_list("center", flat=True))
    direct = [pk for pk, lineage in lineages.items() if lineage[-2:-1] == [node.pk] or lineage == [node.pk]]
    parents = {lineage[-2] for lineage in lineages.values() if len(lineage) > 1}
    begun = CenterReport.objects.of_month(month.first).filter(center__in=direct)
    found = {report.center_id: report for report in begun}
    asked_for = is_asked_for(month)
    shown = [pk for pk in direct if pk in found or (asked_for and pk in expected)]
    asked = _questions(found.values())
    figures = own_figures(shown, [month, month.before])
    rows = []
    for center in Center.objects.filter(pk__in=shown).in_register_order():
        report = found.get(center.pk) or CenterReport(month=month.first, center=center)
        report.center = center
        now, past = figures.get((center.pk, month)), figures.get((center.pk, month.before))
        rows.append(_row(center, report, now, past, asked.get(center.pk, 0), center.pk in parents and center != node))
    return rows


def is_asked_for(month: Month) -> bool:
    """Whether all have to report a month: reporting had begun, or it is only just over. One query."""
    opened = ReportingMonth.objects.filter(month=month.first, opened_at__isnull=False)
    return month.after.is_present or opened.exists()


def _row(
    center: Center,
    report: CenterReport,
    now: dict[str, Decimal] | None,
    past: dict[str, Decimal] | None,
    questions: int,
    below: bool,
) -> BoardRow:
    zero = Decimal(0)
    count, people = row_metrics()
    # What isn't submitted has no figures yet.
    own = None if report.state in (ReportState.OPEN, ReportState.MISSING) else now

    def words(metric: Any) -> str:
        return figure_words(None if own is None else own.get(metric.code, zero), metric.unit) if metric else ""

    change = Change(
        None if own is None or not people else own.get(people.code, zero),
        None if past is None or not people else past.get(people.code, zero),
    )
    return BoardRow(center, report, words(count), words(people), change, questions, below)


def _questions(reports: Any) -> dict[int, int]:
    """Number of explained rules of the latest revision, by center. One query."""
    latest = Q()
    for report in reports:
        if report.revision:
            latest |= Q(report=report, revision=report.revision)
    if not latest:
        return {}
    hits = RuleHit.objects.filter(latest, severity=Severity.EXPLAIN).order_by()
    return dict(hits.values_list("report__center").annotate(n=Count("pk")))


def bar_of(node: Center, month: Month) -> list[BarPart]:
    """States of all reports that were expected below `node`, itself included, as parts of a bar. Two queries."""
    placed = MonthCenter.objects.filter(month=month.first).below(node.pk).expected()
    expected = placed.count()
    reports = CenterReport.objects.of_month(month.first).filter(center__in=placed.values("center"))
    counts = dict(reports.order_by().values_list("state").annotate(n=Count("pk")))
    if not is_asked_for(month):
        expected = sum(counts.values())
    counts[ReportState.OPEN] = counts.get(ReportState.OPEN, 0) + expected - sum(counts.values())
    parts, start = [], 0.0
    for state, css in BAR:
        if n := counts.get(state, 0):
            width = 100 * n / expected
            parts.append(BarPart(state, css, n, round(start, 2), round(width, 2)))
            start += width
    return parts


def panel_of(user: User, row: BoardRow) -> dict[str, Any]:
    """The chosen report in full: what changed since the submission before, what it explains, its history."""
    report = row.report
    if not report.is_begun or not report.revision:
        return {"panel": report, "diff": [], "can_review": False, "can_approve": False}
    month, revision = report.of_month, report.revision
    now = revision_figures(report.center_id, month, revision)
    before = revision_figures(report.center_id, month, revision - 1) if revision > 1 else None
    asked, skipped = hits_of(report)
    capacity = permissions.capacity_of(user, report)
    is_own = user.pk == report.submitted_by_id
    in_review = report.state in IN_REVIEW
    is_silent = in_review and clock.today() > permissions.last_review_day(report)
    stands_in = is_silent and capacity.locks and not capacity.reviews and not is_own
    return {
        "panel": report,
        "diff": diff_lines(before, now),
        "has_before": before is not None,
        "asked": asked,
        "skipped": [one.words for one in skipped],
        "events": [Told(event) for event in report.events.select_related("actor")],
        "is_own": is_own,
        "stands_in": stands_in,
        "can_approve": stands_in or (not is_own and in_review and capacity.reviews),
        "can_return": not is_own and report.state in returnable(capacity),
        "late": LateChange.objects.undecided().filter(month=report.month, center=report.center_id).count(),
    }


def returnable(capacity: permissions.Capacity) -> tuple[ReportState, ...]:
    """States from which somebody may return a report."""
    if capacity.reviews:
        return (*IN_REVIEW, ReportState.APPROVED)
    return (ReportState.APPROVED,) if capacity.locks else ()


@dataclasses.dataclass(frozen=True)
class LateLine:
    """Late change in words."""

    change: LateChange
    name: str
    before: str
    after: str


def late_line(change: LateChange) -> LateLine:
    metric = next((one for one in reported() if one.code == change.metric), None)
    if metric is None:
        return LateLine(change, change.metric, str(change.before or "—"), str(change.after or "—"))
    before, after = figure_words(change.before, metric.unit), figure_words(change.after, metric.unit)
    return LateLine(change, metric_words(metric), before, after)


def root_parts(month: Month) -> dict[str, Any]:
    """Late changes and reopened months, which those who lock decide besides. Three queries."""
    late = LateChange.objects.undecided().filter(month=month.first).select_related("center")
    grants = ReopenGrant.objects.running().filter(report__month=month.first)
    return {
        "late_lines": [late_line(change) for change in late[:MOST_LATE_SHOWN]],
        "late_total": late.count(),
        "grants": grants.select_related("report__center", "granted_by"),
    }
