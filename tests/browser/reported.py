"""Reports of the browser tests' world: a month in each state, of the center and the one beside it."""

import datetime as dt

from activities.models import Activity
from centers.models import Center
from common import clock
from common.months import Month
from stats.models import CenterReport, LateChange
from stats.services import late_changes, locking, reports, review
from stats.services.closing import close, place_centers
from tests.factories.reports import held
from tests.support.cast import Cast

WORDS = "当月场地整修，没有开展活动，下月恢复。" * 5
ASKED = ("W1", "W2", "W3", "W4", "W5", "W6", "W7")
# Months ago: far enough for nothing else to have happened in them.
RETURNED, WAITING, LOCKED, REOPENED, MISSING = 3, 4, 5, 6, 7
DAY = dt.timedelta(days=1)


def month_ago(count: int) -> Month:
    return Month.of(clock.today()).plus(-count)


def make_reports(cast: Cast) -> tuple[dict[str, CenterReport], LateChange]:
    """Reports by the state they are in, and the change since `late` was locked that nobody has decided on."""
    for ago in (RETURNED, WAITING, LOCKED, REOPENED, RETURNED + 12):
        for n, people in enumerate((30, 45), start=1):
            held(cast.center, month_ago(ago).starts_at + n * 5 * DAY, people=people, title=f"演示活动{n}")
    close(month_ago(RETURNED + 12))
    made = {name: _submit(cast, cast.center, ago) for name, ago in (("returned", RETURNED), ("waiting", WAITING))}
    review.return_report(actor=cast["town_admin"], report=made["returned"], reason="签到只有63人，请核对。" * 9)
    _submit(cast, cast.sibling, WAITING)
    for name, ago in (("late", LOCKED), ("reopened", REOPENED)):
        made[name] = _submit(cast, cast.center, ago)
        review.approve_report(actor=cast["town_admin"], report=made[name])
        locking.lock_month(actor=cast["city_admin"], root=cast.city, month=month_ago(ago))
    Activity.objects.filter(center=cast.center, ends_at__gte=month_ago(LOCKED).starts_at, attendance=45).filter(
        ends_at__lt=month_ago(LOCKED).ends_at
    ).update(attendance=50)
    close(month_ago(LOCKED))
    late_changes.find_late_changes(now=clock.now())
    made["reopened"].refresh_from_db()
    locking.grant_reopen(
        actor=cast["city_admin"], report=made["reopened"], reason="补记一场漏记的活动", expires_on=clock.today() + DAY
    )
    place_centers(month_ago(MISSING))
    made["missing"] = CenterReport.objects.create(center=cast.center, month=month_ago(MISSING).first)
    locking.mark_missing(now=clock.now())
    return made, LateChange.objects.undecided().order_by("pk")[0]


def _submit(cast: Cast, center: Center, ago: int) -> CenterReport:
    CenterReport.objects.get_or_create(center=center, month=month_ago(ago).first)
    who = cast["manager"] if center == cast.center else cast["sibling_manager"]
    return reports.submit_report(
        actor=who,
        center=center,
        month=month_ago(ago),
        explanations=dict.fromkeys(ASKED, WORDS),
        zero_confirmed=True,
    )
