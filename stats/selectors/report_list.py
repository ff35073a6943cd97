"""Reports of a center by month, and the number of those that wait for a person."""

import dataclasses
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from centers.access import Viewer
from centers.choices import MANAGING
from centers.models import Center, CenterRole
from common import clock
from common.months import Month
from stats.choices import IN_REVIEW, TO_SUBMIT
from stats.models import CenterReport, MonthCenter
from stats.selectors.report_words import month_words
from stats.values.deadlines import Deadlines

MONTHS_SHOWN = 12


@dataclasses.dataclass(frozen=True)
class MonthLine:
    """Month in the list of a center's reports."""

    month: Month
    report: CenterReport
    words: str

    @property
    def deadlines(self) -> Deadlines:
        return Deadlines(self.month)


def list_page(center: Center) -> dict[str, Any]:
    """The last months of a center with the state of their reports. Two queries."""
    last = Month.of(clock.today()).before
    months = [last.plus(-n) for n in range(MONTHS_SHOWN)]
    found = CenterReport.objects.filter(center=center, month__in=[month.first for month in months])
    by_month = {report.of_month: report for report in found}
    lines = []
    for month in months:
        report = by_month.get(month) or CenterReport(month=month.first)
        report.center = center
        if report.is_begun or month == last:
            lines.append(MonthLine(month, report, month_words(month)))
    reviews = MonthCenter.objects.filter(month=last.first).right_below(center.pk).exists()
    return {"center": center, "lines": lines, "reviews": reviews, "last": last}


def waiting_reports(user: User) -> Any:
    """Reports that wait for `user`: to be submitted by a center they manage, to be reviewed below it. Lazy."""
    mine = CenterRole.objects.on(clock.today()).filter(user=user, role__in=MANAGING).values("center")
    placed = MonthCenter.objects.filter(month=OuterRef("month"), center=OuterRef("center")).right_below_any(mine)
    to_submit = Q(state__in=TO_SUBMIT, center__in=mine)
    to_review = Q(Exists(placed), state__in=IN_REVIEW) & ~Q(submitted_by=user)
    return CenterReport.objects.filter(to_submit | to_review)


def waiting_count(user: Viewer) -> int:
    """Number of reports that wait for `user`. One query, none for visitors."""
    return waiting_reports(user).count() if isinstance(user, User) else 0
