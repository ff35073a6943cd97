"""Reports of months: read by those who work there, submitted by who manages, decided by who reviews or locks."""

from typing import Any

from common import clock
from common.months import Month
from stats.choices import ReportState
from stats.models import CenterReport, LateChange, MonthCenter
from stats.services.closing import place_centers
from tests.architecture.permission_table import EVERYBODY, SIGN_IN, Kind, Row, management, workplace
from tests.support.cast import ANONYMOUS, Cast

BELOW_THE_ROOT = ("staff", "manager", "town_admin")


def last_month() -> Month:
    return Month.of(clock.today()).before


def month(cast: Cast) -> dict[str, Any]:
    return {"code": cast.center.code, "month": str(last_month())}


def begun(cast: Cast) -> dict[str, Any]:
    """Reported by somebody who doesn't work there any more, and locked."""
    place_centers(last_month())
    assert MonthCenter.objects.filter(center=cast.center).exists()
    CenterReport.objects.create(
        month=last_month().first,
        center=cast.center,
        state=ReportState.LOCKED,
        revision=1,
        locked_revision=1,
        counted_revision=1,
        submitted_by=cast["resident"],
        submitted_at=clock.now(),
        approved_by=cast["stranger"],
        approved_at=clock.now(),
    )
    return month(cast)


def late_change(cast: Cast) -> dict[str, Any]:
    begun(cast)
    change = LateChange.objects.create(
        month=last_month().first,
        center=cast.center,
        revision=1,
        metric="activity.people",
        source="activities",
        record=1,
        before=1,
        after=2,
        found_at=clock.now(),
    )
    return {"pk": change.pk}


def board(cast: Cast) -> dict[str, Any]:
    place_centers(last_month())
    return {"month": str(last_month())}


def nobody(cast: Cast) -> dict[str, Any]:
    """The month alone: which center, the form would say, and it names none."""
    return {"month": str(last_month())}


# A form that names no center leads nobody anywhere.
NOWHERE = {"kind": Kind.MANAGEMENT, "answers": dict.fromkeys(EVERYBODY, 404) | {ANONYMOUS: SIGN_IN}}

ROWS = (
    Row("stats:report_list", **workplace()),
    Row("stats:report_detail", **management(), target=month),
    Row("stats:report_detail", **management(422, forbidden=("staff",)), target=month, method="post"),
    Row("stats:report_withdraw", **management(302, forbidden=("staff",)), target=begun, method="post"),
    Row("stats:report_review", **management(302), target=begun, method="post"),
    Row("stats:report_reopen", **management(forbidden=BELOW_THE_ROOT), target=begun),
    Row("stats:report_close", **management(302, forbidden=BELOW_THE_ROOT), target=begun, method="post"),
    Row("stats:late_change_decide", **management(forbidden=BELOW_THE_ROOT), target=late_change),
    Row("stats:review_list", **workplace(), target=board),
    Row("stats:review_approve_all", **NOWHERE, target=nobody, method="post"),
    Row("stats:review_lock_all", **NOWHERE, target=nobody, method="post"),
)
