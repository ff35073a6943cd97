"""Locking months, marking what wasn't reported, and reopening one center's month by grant."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max, Min

from accounts.models import User
from centers.domain import hours
from centers.models import Center
from common import clock
from common.months import Month
from common.words.times import short_date
from stats import exceptions as refused
from stats import messages, permissions
from stats.choices import ReportState
from stats.domain.report_moves import move, move_all, must_be_version, must_move
from stats.models import CenterReport, MonthCenter, ReopenGrant, ReportEvent, ReportingMonth
from stats.services import closing
from stats.services.reports import locked
from stats.values.deadlines import MOST_WORKDAYS_REOPENED, WORKDAYS_AFTER_RETURN, Deadlines

DAY = dt.timedelta(days=1)


def lock_month(*, actor: User, root: Center, month: Month) -> list[CenterReport]:
    """Lock all reports of a month that are approved: their figures are final. Raises ReportNotAllowed."""
    if not permissions.manages(actor, root.pk):
        raise refused.ReportNotAllowed
    with transaction.atomic():
        placed = MonthCenter.objects.filter(month=month.first, lineage__0=root.pk)
        approved = CenterReport.objects.of_month(month.first).filter(state=ReportState.APPROVED)
        rows = approved.filter(center__in=placed.values("center")).select_for_update(no_key=True)
        reports = list(rows.order_by("pk"))
        now = clock.now()
        for report in reports:
            report.locked_revision, report.locked_at = report.revision, now
        move_all(reports, ReportState.LOCKED, actor=actor, at=now)
        ReopenGrant.objects.running().filter(report__in=reports).update(ended_at=now)
        if reports:
            closing.roll_up_again(month)
    return reports


def open_reports(*, now: dt.datetime) -> int:
    """Open a report for each center that is expected to report a month that is over. Returns how many.

    Reporting begins with the first month that could be reported in time when the portal started: what was before is
    nobody's omission. Safe to repeat.
    """
    last = Month.of(clock.local(now).date()).before
    first = ReportingMonth.objects.filter(opened_at__isnull=False).aggregate(first=Min("month"))["first"]
    if first is None and now < Deadlines(last).lock_at:
        first = last.first
    if first is None:
        return 0
    frozen = ReportingMonth.objects.filter(month__gte=first, month__lte=last.first, frozen_at__isnull=False)
    return sum(_open_month(month, now) for month in frozen)


def _open_month(month: ReportingMonth, now: dt.datetime) -> int:
    known = CenterReport.objects.of_month(month.month).values("center")
    centers = MonthCenter.objects.filter(month=month.month).expected().exclude(center__in=known)
    new = [CenterReport(month=month.month, center_id=center) for center in centers.values_list("center", flat=True)]
    CenterReport.objects.bulk_create(new, ignore_conflicts=True)
    if month.opened_at is None:
        ReportingMonth.objects.filter(pk=month.pk, opened_at__isnull=True).update(opened_at=now)
    return len(new)


def mark_missing(*, now: dt.datetime) -> int:
    """Mark what wasn't submitted by the day of the lock as not reported: it counts nothing, not 0. Returns how many.

    What a grant holds open isn't touched. Safe to repeat.
    """
    late = CenterReport.objects.filter(state__in=(ReportState.OPEN, ReportState.RETURNED), locked_revision=0)
    months = late.order_by("month").values_list("month", flat=True).distinct()
    return sum(_mark_missing(Month(first), now) for first in months if Deadlines(Month(first)).lock_at <= now)


@transaction.atomic
def _mark_missing(month: Month, now: dt.datetime) -> int:
    late = CenterReport.objects.of_month(month.first).filter(
        state__in=(ReportState.OPEN, ReportState.RETURNED), locked_revision=0
    )
    held_open = ReopenGrant.objects.running().values("report")
    rows = late.exclude(pk__in=held_open).select_for_update(no_key=True)
    reports = _out_of_time(list(rows.order_by("pk")), clock.local(now).date())
    move_all(reports, ReportState.MISSING, actor=None, at=now)
    if reports:
        closing.roll_up_again(month)
    return len(reports)


def _out_of_time(reports: list[CenterReport], today: dt.date) -> list[CenterReport]:
    """Reports but for those that were returned so lately that their center couldn't have submitted them again."""
    returned = ReportEvent.objects.filter(report__in=reports, to_state=ReportState.RETURNED).exclude(reason="")
    latest = dict(returned.order_by().values_list("report").annotate(latest=Max("at")))
    return [
        report
        for report in reports
        if report.pk not in latest
        or hours.workday_after(report.center_id, clock.local(latest[report.pk]).date(), WORKDAYS_AFTER_RETURN) < today
    ]


def grant_reopen(
    *, actor: User, report: CenterReport, reason: str, expires_on: dt.date, version: int | None = None
) -> ReopenGrant:
    """Reopen a locked or missing month of one center until the end of a day; what was published stays until then.

    Raises ReasonMissing, ReportNotAllowed, WrongStep, ReportChanged, GrantTooLong, GrantTooShort.
    """
    if not reason.strip():
        raise refused.ReasonMissing
    with transaction.atomic():
        report = locked(report)
        root = permissions.locking_node(permissions.lineage_of(report))
        if not permissions.manages(actor, root):
            raise refused.ReportNotAllowed
        must_be_version(report, version)
        must_move(report, ReportState.LOCKED, ReportState.MISSING)
        last = hours.workday_after(root, clock.today(), MOST_WORKDAYS_REOPENED)
        if expires_on > last:
            raise refused.GrantTooLong(days=MOST_WORKDAYS_REOPENED, day=short_date(last))
        if expires_on < clock.today():
            raise refused.GrantTooShort
        now = clock.now()
        grant = ReopenGrant.objects.create(
            report=report,
            from_state=report.state,
            granted_by=actor,
            at=now,
            reason=reason.strip(),
            expires_at=clock.midnight(expires_on + DAY),
        )
        move(report, ReportState.REOPENED, actor=actor, at=now, reason=reason.strip())
        managers = permissions.officers([report.center_id])[report.center_id]
        messages.post_report(messages.REOPENED, report, managers)
    return grant


def revoke_grant(*, actor: User, report: CenterReport) -> CenterReport:
    """End a grant before its time: what was published before stays. Raises ReportNotAllowed, WrongStep."""
    with transaction.atomic():
        report = locked(report)
        if not permissions.manages(actor, permissions.locking_node(permissions.lineage_of(report))):
            raise refused.ReportNotAllowed
        must_move(report, ReportState.REOPENED, ReportState.RETURNED)
        grant = ReopenGrant.objects.running().filter(report=report).first()
        if grant is None:
            raise refused.WrongStep(state=report.get_state_display())
        grant.revoked_at = clock.now()
        _end(grant, report, actor, clock.now())
    return report


def expire_grants(*, now: dt.datetime) -> int:
    """End the grants whose time is over and under which nothing waits. Returns how many; safe to repeat."""
    over = ReopenGrant.objects.running().filter(expires_at__lte=now)
    return sum(_expire(pk, now) for pk in over.order_by("pk").values_list("report", flat=True))


@transaction.atomic
def _expire(report_id: int, now: dt.datetime) -> bool:
    rows = CenterReport.objects.select_for_update(no_key=True, skip_locked=True)
    report = rows.filter(pk=report_id, state__in=(ReportState.REOPENED, ReportState.RETURNED)).first()
    grant = ReopenGrant.objects.running().filter(report=report_id, expires_at__lte=now).first()
    if report is None or grant is None:
        return False
    _end(grant, report, None, now)
    return True


def _end(grant: ReopenGrant, report: CenterReport, actor: User | None, now: dt.datetime) -> None:
    """Close the month again as it was before the grant: the locked revision, or not reported."""
    grant.ended_at = now
    grant.save(update_fields=["revoked_at", "ended_at"])
    if report.locked_revision:
        _as_locked(report)
    move(report, ReportState(grant.from_state), actor=actor, at=now)
    closing.roll_up_again(report.of_month)


def _as_locked(report: CenterReport) -> None:
    """Say again who submitted and approved the revision that is locked."""
    for event in _of_revision(report):
        if event.to_state == ReportState.SUBMITTED:
            report.submitted_at, report.submitted_by = event.at, event.actor
        elif event.to_state == ReportState.APPROVED:
            report.approved_at, report.approved_by = event.at, event.actor


def _of_revision(report: CenterReport) -> Iterable[ReportEvent]:
    return report.events.filter(revision=report.locked_revision).select_related("actor").order_by("pk")
