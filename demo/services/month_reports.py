"""Reports of the last month that could be locked, as a network would have them: most locked, some otherwise.

Steps and snapshots are those of the services; rules aren't tried, and nodes are added up once at the end.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from centers.choices import MANAGING, WORKING
from centers.models import Center, CenterRole
from common import clock
from common.months import Month
from stats import permissions
from stats.choices import ReportState
from stats.domain.report_moves import move_all
from stats.models import CenterReport
from stats.services import locking
from stats.services.publishing import publish_revision
from stats.values.deadlines import Deadlines

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
REASON = "演示：有一场活动的人数与签到相差较大，请核对。"
# Of every so many centers one is late, one was returned once; one never reported.
LATE_EVERY, RETURNED_EVERY, MISSING_AT = 29, 31, 17


def report_month(today: dt.date) -> int:
    """Report the last month whose lock is past, where nothing was reported yet. Returns how many were submitted."""
    month = Month.of(today).before
    if Deadlines(month).lock_at > clock.now():
        month = month.before
    if CenterReport.objects.exists():
        return 0
    # All or nothing: what is half reported is mended by nobody.
    with transaction.atomic():
        return _report(month)


def _report(month: Month) -> int:
    deadlines = Deadlines(month)
    with clock.frozen(clock.midnight(month.after.first) + 9 * HOUR):
        locking.open_reports(now=clock.now())
    workers = _workers()
    reports = [
        report
        for number, report in enumerate(CenterReport.objects.of_month(month.first).order_by("center__order"))
        if number != MISSING_AT and report.center_id in workers
    ]
    _submit({report: _moment(number, deadlines) for number, report in enumerate(reports)}, workers, deadlines)
    reviewed = deadlines.due_at + 33 * HOUR
    by_reviewer = _by_reviewer(reports)
    for reviewer, of_reviewer in by_reviewer.items():
        returned = [report for report in of_reviewer if reports.index(report) % RETURNED_EVERY == 1]
        move_all(returned, ReportState.RETURNED, actor=reviewer, at=reviewed, reason=REASON)
        _submit(dict.fromkeys(returned, reviewed + 2 * HOUR), workers, deadlines)
        for report in of_reviewer:
            report.approved_at, report.approved_by = reviewed + 5 * HOUR, reviewer
        move_all(of_reviewer, ReportState.APPROVED, actor=reviewer, at=reviewed + 5 * HOUR)
    _end(month, deadlines)
    return len(reports)


def _submit(moments: dict[CenterReport, dt.datetime], workers: dict[int, User], deadlines: Deadlines) -> None:
    """Publish the next revision of each report at its moment."""
    together: dict[tuple[int, dt.datetime], list[CenterReport]] = defaultdict(list)
    for report, moment in moments.items():
        is_first = report.first_submitted_at is None
        report.revision += 1
        report.submitted_at, report.submitted_by = moment, workers[report.center_id]
        report.first_submitted_at = report.first_submitted_at or moment
        if is_first:
            report.on_time = moment < deadlines.due_at
        publish_revision(report, permissions.lineage_of(report), at=moment)
        together[report.submitted_by.pk, moment].append(report)
    for (_worker, moment), of_worker in together.items():
        move_all(of_worker, ReportState.SUBMITTED, actor=of_worker[0].submitted_by, at=moment)


def _end(month: Month, deadlines: Deadlines) -> None:
    """Lock what is approved, on the day of the lock, and mark what was never submitted."""
    root = Center.objects.order_by("level__rank", "order")[0]
    roles = CenterRole.objects.on(clock.today()).filter(center=root, role__in=MANAGING).select_related("user")
    with clock.frozen(deadlines.lock_at - 8 * HOUR):
        for role in roles[:1]:
            locking.lock_month(actor=role.user, root=root, month=month)
    with clock.frozen(deadlines.lock_at + HOUR):
        locking.mark_missing(now=clock.now())


def _moment(number: int, deadlines: Deadlines) -> dt.datetime:
    """Moment at which a center submits: in the last days, by day; now and then one is late."""
    if number and number % LATE_EVERY == 0:
        return deadlines.due_at + 11 * HOUR
    return deadlines.due_at - (1 + number % 3) * DAY - (7 + number % 6) * HOUR


def _workers() -> dict[int, User]:
    """Somebody of each center who may submit: who manages it, else its worker."""
    roles = CenterRole.objects.on(clock.today()).filter(role__in=WORKING).select_related("user").order_by("pk")
    return {role.center_id: role.user for role in sorted(roles, key=lambda role: role.role in MANAGING)}


def _by_reviewer(reports: Iterable[CenterReport]) -> dict[User, list[CenterReport]]:
    """Reports by who reviews them: of the nearest center above that has anybody but who submitted it."""
    found: dict[int, list[CenterReport]] = defaultdict(list)
    lineages = {report: permissions.lineage_of(report) for report in reports}
    held = permissions.officers({node for lineage in lineages.values() for node in lineage})
    for report, lineage in lineages.items():
        able = held[permissions.acting_node(report, lineage, held)] - {report.submitted_by_id}
        for reviewer in sorted(able)[:1]:
            found[reviewer].append(report)
    people = User.objects.in_bulk(list(found))
    return {people[pk]: of_reviewer for pk, of_reviewer in found.items()}
