"""Late changes: records that changed after their month was approved. The figures stay; the city decides."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from common import clock
from common.database import advisory_lock
from common.months import Month
from stats import exceptions as refused
from stats import permissions
from stats.choices import Disposition, ReportState
from stats.domain import metrics, published_sql
from stats.models import CenterReport, LateChange
from stats.services.locking import grant_reopen
from stats.services.review import return_report

LOCK = "stats.late_changes"


def find_late_changes(*, now: dt.datetime) -> int:
    """Find what changed in the records of approved and locked months. Returns how many are new or other than before.

    Only where the figures of the last closing differ from the published ones; safe to repeat, and to run twice at once.
    """
    by_source = metrics.totals_by_source()
    codes = [metric.code for totals in by_source.values() for metric in totals]
    centers: dict[dt.date, list[int]] = defaultdict(list)
    found = 0
    with transaction.atomic(), connection.cursor() as cursor:
        advisory_lock(LOCK, 0)
        cursor.execute(published_sql.CHANGED_SINCE, {"metrics": codes})
        for month, center in cursor.fetchall():
            centers[month].append(center)
        for first, changed in sorted(centers.items()):
            for code, totals in by_source.items():
                live, given = published_sql.live_records(totals[0].source, totals, Month(first), changed)
                keys: dict[str, Any] = {"month": first, "centers": changed, "source": code, "now": now}
                cursor.execute(published_sql.FIND_LATE_CHANGES.format(live=live), {**given, **keys})
                found += int(cursor.fetchone()[0])
    return found


def decide_late_change(
    *, actor: User, change: LateChange, disposition: Disposition, reason: str, expires_on: dt.date | None = None
) -> LateChange:
    """Leave the published figure as it is, or have the center submit anew, with a reason.

    What is locked is reopened until `expires_on`, what is approved returned; where that has been done already the
    decision is written down alone. Raises ReasonMissing, ReportNotAllowed, LateChangeSettled, and what reopening and
    returning refuse.
    """
    if not reason.strip():
        raise refused.ReasonMissing
    report = CenterReport.objects.get(month=change.month, center=change.center_id)
    if not permissions.manages(actor, permissions.locking_node(permissions.lineage_of(report))):
        raise refused.ReportNotAllowed
    with transaction.atomic():
        # The report's row first, as everybody does.
        report = CenterReport.objects.select_for_update(no_key=True).get(pk=report.pk)
        rows = LateChange.objects.undecided().select_for_update(no_key=True)
        found = rows.filter(pk=change.pk).first()
        if found is None:
            raise refused.LateChangeSettled
        if disposition == Disposition.REVISE:
            _have_revised(actor, report, reason, expires_on)
        found.disposition, found.reason = disposition, reason.strip()
        found.decided_by, found.decided_at = actor, clock.now()
        found.save()
    return found


def _have_revised(actor: User, report: CenterReport, reason: str, expires_on: dt.date | None) -> None:
    if report.state == ReportState.LOCKED:
        grant_reopen(actor=actor, report=report, reason=reason, expires_on=expires_on or clock.today())
    elif report.state == ReportState.APPROVED:
        return_report(actor=actor, report=report, reason=reason)
